//! Chinese surnames and how they are spelled by custom, Hong Kong first, then Macao, Taiwan and Southeast Asia.
//! What the rule of [`super::hong_kong`] or plain pinyin gives need not stand here, but the usual spelling does, so that
//! the table is complete by itself.

/// The usual Latin spellings of a surname in Traditional or Simplified characters, the Hong Kong one first; empty
/// where the table does not know it.
pub fn surname_spellings(surname: &str) -> Vec<&'static str> {
    entries()
        .find(|(names, _)| names.split('/').any(|name| name == surname))
        .map_or(Vec::new(), |(_, list)| list)
}

/// Divides a Chinese full name into surname and given name; compound surnames are known. A name of one character, or
/// one that holds anything but Chinese characters, is not divided.
pub fn split_surname(name: &str) -> Option<(&str, &str)> {
    let count = name.chars().count();
    if count < 2 || !name.chars().all(is_han) {
        return None;
    }
    let compound = entries()
        .flat_map(|(names, _)| names.split('/'))
        .any(|surname| surname.chars().count() == 2 && name.starts_with(surname));
    let length = if compound && count > 2 { 2 } else { 1 };
    let at = name
        .char_indices()
        .nth(length)
        .map_or(name.len(), |(at, _)| at);
    Some(name.split_at(at))
}

/// Each character of a surname with a customary spelling of it, in lower case. A compound surname gives its parts.
pub(super) fn character_spellings() -> Vec<(char, String)> {
    let mut list = Vec::new();
    for (names, spellings) in entries() {
        for name in names.split('/') {
            for spelling in &spellings {
                let parts: Vec<&str> = spelling.split('-').collect();
                if name.chars().count() == parts.len() {
                    list.extend(
                        name.chars()
                            .zip(parts)
                            .map(|(c, part)| (c, part.to_ascii_lowercase())),
                    );
                }
            }
        }
    }
    list
}

fn entries() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    SURNAMES.split([';', '\n']).filter_map(|entry| {
        let mut words = entry.split_whitespace();
        Some((words.next()?, words.collect()))
    })
}

fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

/// Surname, its variants after slashes, then its spellings.
const SURNAMES: &str = "\
陳/陈 Chan Chen Tan Chin Tran; 李 Lee Li Lei; 張/张 Cheung Chang Zhang Cheong Teo; 黃/黄 Wong Huang Vong Ng Ooi Oei
王 Wong Wang Ong; 何 Ho Hoh; 林 Lam Lum Lin Lim; 鄭/郑 Cheng Zheng Tay Cheang; 梁 Leung Leong Liang Neoh
吳/吴 Ng Wu Ung Goh Eng; 劉/刘 Lau Low Liu Lao Lew; 蔡 Choi Tsoi Choy Tsai Cai Chua Chai; 葉/叶 Ip Yip Yeh Ye Yap
謝/谢 Tse Che Hsieh Xie Chia Cheah; 鍾/钟/锺 Chung Chong Zhong Choong; 周 Chow Chau Chou Zhou Chew
羅/罗 Law Lo Luo Loh Low; 朱 Chu Zhu Choo; 馮/冯 Fung Feng Foong; 曾 Tsang Tseng Zeng Chan Chang
鄧/邓 Tang Deng Teng Thean; 許/许 Hui Hsu Xu Koh Khaw Heoi Hoi; 郭 Kwok Kuo Guo Kuok Kok Quek; 盧/卢 Lo Lu Lou Loo
楊/杨 Yeung Yang Ieong Yong Yeo Young; 蘇/苏 So Su Sou Soh Soo; 胡 Wu Woo Hu Foo Oh; 麥/麦 Mak Mai Mack; 馬/马 Ma Mah Beh
余/餘/佘 Yu Yue Yee She Yii; 趙/赵 Chiu Chao Zhao Jiu Teoh; 徐 Tsui Chui Hsu Xu Choi Chee; 潘 Poon Pun Pan Phua Pung
袁 Yuen Yuan Un; 文 Man Mun Wen Boon; 區/区 Au Ou Ow Ao; 杜 To Tu Du Dou Toh; 丁 Ting Ding Teng; 范/範 Fan Van Huan
方 Fong Fang Png; 關/关 Kwan Kuan Guan; 廖 Liu Liew Liao Leow; 鄺/邝 Kwong Fong Kuang; 譚/谭 Tam Tan Tham Hom; 莫 Mok Mo
彭 Pang Peng Phang; 江 Kong Chiang Jiang Kang; 蕭/萧/肖 Siu Shiu Sio Hsiao Xiao Seow; 沈/瀋 Shum Sum Sam Shen Sim
唐 Tong Tang; 高 Ko Kao Gao Goh; 孫/孙 Suen Sun Swen; 湯/汤 Tong Tang Thong; 溫/温 Wan Wen Wun Oon; 傅 Fu Foo Poh
簡/简 Kan Chien Jian; 石 Shek Sek Shih Shi Chioh; 邱/丘 Yau Chiu Qiu Khoo Yew Hew; 黎 Lai Li; 賴/赖 Lai Loi
任 Yam Jen Ren Yum; 姚 Yiu Yao Io Yeow; 洪 Hung Hong Ang; 陸/陆 Luk Lu Loke Lok; 田 Tin Tien Tian; 韓/韩 Hon Han Hang
岑 Shum Sum Sham Cen; 甄 Yan Yun Zhen Chin; 利 Lee Lei Li; 伍 Ng Wu Eng Ung; 尹 Wan Wun Yin Van; 韋/韦 Wai Wei
龍/龙 Lung Long Leong; 雷 Lui Lei Loy Louie; 歐/欧 Au Ou; 翁 Yung Weng Ong Iong; 顏/颜 Ngan An Yen Yan Gan; 程 Ching Cheng
莊/庄 Chong Chuang Zhuang Chng; 嚴/严 Yim Yen Yan Im; 魏 Ngai Wei Wai; 殷 Yan Yin Yun; 童 Tung Tong
阮 Yuen Un Nguyen Ruan; 冼/洗 Sin Sinn Xian Sein; 霍 Fok Huo Fock; 薛 Sit Hsueh Xue Sih; 戴 Tai Dai Tay
秦 Chun Tsun Chin Qin Cheun; 侯 Hau Hou How Aw; 夏 Ha Hsia Xia; 白 Pak Bak Pai Bai Peh; 俞 Yu Yue Yee
孔 Hung Kung Kong Hong; 連/连 Lin Lien Lian; 倪 Ngai Ni Nei; 梅 Mui Moy Mei; 龐/庞 Pong Pang; 凌 Ling Leng; 駱/骆 Lok Lo Luo
錢/钱 Chin Tsin Chien Qian; 卓 Cheuk Cheok Cho Zhuo Toh; 柯 Or O Ko Ke Kwa; 呂/吕 Lui Lu Lyu Loi Lee; 尤 Yau Yu You Yew
曹 Tso Cho Tsao Cao Chou; 鄒/邹 Chow Chau Tsou Zou; 施 Sze Si Shih Shi See; 古 Koo Ku Gu Kwu; 符 Fu Foo; 屈 Wat Chu Qu
鮑/鲍 Pau Bau Pao Bao Pow; 招 Chiu Chao Jiu; 植 Chik Jik; 容 Yung Jung Rong; 司 Sze Si; 向 Heung Hsiang Xiang
康 Hong Kang; 艾 Ngai Ai; 卜 Puk Buk Pu Bu; 寧/宁 Ning Neng; 左 Cho Tso Zuo; 包 Pau Pao Bao Bau
翟 Chak Jak Zhai Chaak Dik; 萬/万 Man Wan Maan; 段 Tuen Tuan Duan; 成 Shing Sing Cheng; 齊/齐 Chai Tsai Qi
史 Sze Shih Shi Si; 崔 Chui Tsui Choi Cui; 巫 Mo Moo Wu; 常 Sheung Chang Seung; 畢/毕 But Pat Bi; 樊 Fan Farn
單/单 Sin Sim Shan Sinn; 喬/乔 Kiu Chiao Qiao; 鄔/邬 Wu Woo; 柳 Lau Liu; 游/遊 Yau You Yu; 藍/蓝 Lam Nam Lan
賈/贾 Ka Ga Chia Jia; 辛 San Sun Hsin Xin; 邵 Shiu Siu Shaw Shao; 申 San Sun Shen; 狄 Tik Dik Di; 牛 Ngau Niu
祝 Chuk Jook Chu Zhu; 華/华 Wah Wa Hua; 顧/顾 Ku Koo Gu; 盛 Shing Sing Sheng; 葛 Kot Got Ko Ge; 項/项 Hong Hsiang Xiang
蔣/蒋 Cheung Tseung Chiang Jiang; 宋 Sung Soong Song; 陶 To Tao Tou; 姜 Keung Chiang Jiang Geung; 戚 Chik Tsik Chi Qi
金 Kam Kum King Chin Jin; 章 Cheung Chang Zhang; 雲/云 Wan Yun; 苗 Miu Miao; 花 Fa Hua; 俸 Fung; 費/费 Fai Fei
岳/嶽 Ngok Yueh Yue; 昌 Cheong Cheung Chang; 水 Shui Sui; 竇/窦 Tau Dau Dou; 紀/纪 Kei Ki Kee Chi Ji; 舒 Shu Su Sue
董 Tung Dong; 藺/蔺 Lun Lin; 閔/闵 Man Min; 席 Chik Jik Xi; 季 Kwai Chi Ji; 麻 Ma; 強/强 Keung Chiang Qiang; 路 Lo Lu
危 Ngai Wei; 刁 Tiu Diu Diao; 鍾離/钟离 Chung-Lei; 應/应 Ying Yin Ing; 宗 Chung Tsung Zong; 房 Fong Fang
解 Hai Kai Hsieh Xie; 柴 Chai Tsai; 瞿 Kui Chu Qu; 閻/阎 Yim Yen Yan; 慕 Mo Mu; 茹 Yu Ju Ru; 習/习 Chap Tsap Xi; 魚/鱼 Yu Yue
敖 Ngo Ao; 冷 Lang Leng; 訾 Tsz Zi; 那 Na; 饒/饶 Yiu Jao Rao; 滿/满 Mun Moon Man; 匡 Hong Kuang; 寇 Kau Kou; 廣/广 Kwong
東/东 Tung Dong; 殳 Shu; 沃 Yuk Wo; 查 Cha Tsa Zha Char; 桂 Kwai Kuei Gui; 牟 Mau Mou Mu; 仇 Kau Sau Chou Qiu
欒/栾 Luen Luan; 甘 Kam Gam Gan Kum; 厲/厉 Lai Li; 戎 Yung Jung Rong; 祖 Cho Tso Zu; 武 Mo Wu; 隋 Chui Sui
景 King Ging Jing; 詹 Chim Jim Chan Zhan; 束 Chuk Shu; 幸 Hang Hsing Xing; 韶 Shiu Shao; 郝 Kok Hok Hao; 裴 Pui Bui Pei
褚 Chu Chue; 覃 Tam Cham Tan Qin; 臧 Chong Tsong Zang; 池 Chi Chee; 喻 Yu Yue; 烏/乌 Wu Woo; 焦 Chiu Jiu Jiao; 巴 Pa Ba
弓 Kung Gong; 牧 Muk Mu; 車/车 Che Chea; 嵇 Kai Ji; 邢 Ying Hsing Xing; 滑 Wat Hua; 裘 Kau Chiu Qiu; 繆/缪 Miu Miao
干 Kon Gan; 宣 Suen Hsuan Xuan; 賁/贲 Pan Ben; 郁 Yuk Wat Yu; 杭 Hong Hang; 諸/诸 Chu Zhu; 鈕/钮 Nau Niu; 龔/龚 Kung Gung Gong
湛 Cham Tsam Zhan; 談/谈 Tam Tan; 賀/贺 Ho Hor He; 倫/伦 Lun Luen; 聶/聂 Nip Lip Nieh Nie; 晏 An Ngan Yen Yan; 曲 Kuk Chu Qu
谷 Kuk Ku Gu; 桑 Song Sang; 溥 Po Pu; 苑 Yuen Yuan; 練/练 Lin Lien Lian; 麗/丽 Lai Li; 歸/归 Kwai Gui; 鄢 Yin Yan; 塗/涂 To Tu
候 Hau Hou; 尚 Sheung Shang; 隗 Ngai Wei; 賓/宾 Pan Bun Bin; 帥/帅 Shui Shuai; 荊/荆 King Jing
歐陽/欧阳 Au-Yeung Ou-Yang Au-Yang; 司徒 Sze-To Sze-Tu Si-Tu See-To; 上官 Sheung-Kwun Shang-Guan Sheung-Koon
諸葛/诸葛 Chu-Kot Chu-Ko Zhu-Ge; 司馬/司马 Sze-Ma Ssu-Ma Si-Ma; 皇甫 Wong-Po Wong-Foo Huang-Fu; 夏侯 Ha-Hau Hsia-Hou Xia-Hou
尉遲/尉迟 Wai-Chi Yu-Chi; 公孫/公孙 Kung-Suen Gong-Sun; 令狐 Ling-Wu Ling-Hu; 慕容 Mo-Yung Mu-Rong; 東方/东方 Tung-Fong Dong-Fang
西門/西门 Sai-Mun Xi-Men; 南宮/南宫 Nam-Kung Nan-Gong; 獨孤/独孤 Tuk-Ku Du-Gu; 長孫/长孙 Cheung-Suen Zhang-Sun; 宇文 Yu-Man Yu-Wen
鮮于/鲜于 Sin-Yu Xian-Yu; 司空 Sze-Hung Si-Kong; 軒轅/轩辕 Hin-Yuen Xuan-Yuan; 端木 Tuen-Muk Duan-Mu; 呼延 Fu-Yin Hu-Yan
赫連/赫连 Hak-Lin He-Lian; 澹臺/澹台 Tam-Toi Tan-Tai; 百里 Pak-Lei Bai-Li; 東郭/东郭 Tung-Kwok Dong-Guo; 南門/南门 Nam-Mun Nan-Men
申屠 San-To Shen-Tu; 太史 Tai-Sze Tai-Shi; 聞人/闻人 Man-Yan Wen-Ren; 万俟 Mak-Kei Mo-Qi
公冶 Kung-Ye Gong-Ye
";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_wide_and_starts_with_hong_kong() {
        let names: BTreeSet<&str> = entries()
            .filter_map(|(names, _)| names.split('/').next())
            .collect();
        assert!(names.len() >= 200, "{} surnames", names.len());
        for (surname, first) in [
            ("陳", "Chan"),
            ("吳", "Ng"),
            ("刘", "Lau"),
            ("歐陽", "Au-Yeung"),
            ("司徒", "Sze-To"),
            ("葉", "Ip"),
        ] {
            assert_eq!(
                surname_spellings(surname).first(),
                Some(&first),
                "{surname}"
            );
        }
        assert!(surname_spellings("龘").is_empty());
    }

    #[test]
    fn every_spelling_of_a_compound_has_its_parts() {
        for (names, spellings) in entries() {
            let length = names.split('/').next().map_or(0, |n| n.chars().count());
            for spelling in spellings {
                assert_eq!(spelling.split('-').count(), length, "{names} {spelling}");
            }
        }
    }

    #[test]
    fn names_are_divided_after_the_surname() {
        assert_eq!(split_surname("陳大文"), Some(("陳", "大文")));
        assert_eq!(split_surname("歐陽小明"), Some(("歐陽", "小明")));
        assert_eq!(split_surname("欧阳修"), Some(("欧阳", "修")));
        assert_eq!(split_surname("何文"), Some(("何", "文")));
        assert_eq!(split_surname("司徒"), Some(("司", "徒")));
        assert_eq!(split_surname("陳"), None);
        assert_eq!(split_surname("Chan 大文"), None);
        assert_eq!(split_surname(""), None);
    }
}
