//! The vocabulary of column headers: terms in three languages and what they mean.

use super::words::{Base, Meaning, Qualifier};
use crate::domain::contact::PhoneKind;

/// The longest known term that `text` begins with. A Latin term ends where a word ends.
pub fn longest(text: &str, latin: bool) -> Option<(&'static str, Meaning)> {
    TERMS
        .iter()
        .flat_map(|(meaning, terms)| terms.split('|').map(move |term| (term, *meaning)))
        .filter(|(term, _)| {
            text.strip_prefix(term)
                .is_some_and(|rest| !latin || rest.is_empty() || rest.starts_with(' '))
        })
        .max_by_key(|(term, _)| term.len())
}

/// Headers of columns that have no field here but show that a row is a header.
pub fn is_kept_word(text: &str) -> bool {
    "stock code|code|id|no|number|storeys|floors|編號|编号|序號|序号|股份代號|股票代码|證券代號|層數|层数|樓層|楼层|qq|日期|date"
        .split('|')
        .any(|word| word == text)
}

const fn of(base: Base) -> Meaning {
    Meaning::Of(base)
}

const fn also(qualifier: Qualifier) -> Meaning {
    Meaning::Also(qualifier)
}

static TERMS: &[(Meaning, &str)] = &[
    (
        also(Qualifier::Person),
        "聯絡人|聯繫人|聯系人|联系人|联络人|聯絡人士|負責人|负责人|contact|contact person|contacts|person|attn",
    ),
    (
        also(Qualifier::Company),
        "公司|企業|企业|客戶|客户|機構|机构|商號|商户|商戶|大廈|大厦|大樓|物業|物业|樓宇|楼宇|工作單位|工作单位|company|corporate|corporation|client|customer|organisation|organization|org|firm|account|employer|building|tower|property",
    ),
    (
        also(Qualifier::Zh),
        "中文|中|繁體|繁体|簡體|简体|chinese|zh|chi|cn|tc|sc|zh hant|zh hans|zh hk",
    ),
    (also(Qualifier::En), "英文|英|english|en|eng"),
    (
        also(Qualifier::Noise),
        "號碼|号码|號|的|及|no|number|num|id|the|of|or|and|optional|required|必填|選填|选填|資料|信息",
    ),
    (
        of(Base::Name),
        "名稱|名称|名字|全稱|全称|name|full name|單位名稱|单位名称",
    ),
    (of(Base::BareName), "名"),
    (of(Base::FullName), "姓名|fullname|contact name|person name"),
    (
        of(Base::Family),
        "姓|姓氏|surname|last name|lastname|family name|family",
    ),
    (
        of(Base::Given),
        "given name|given|first name|firstname|forename",
    ),
    (
        of(Base::Alias),
        "別名|别名|簡稱|简称|其他名稱|其他名称|alias|aliases|short name|other names|aka|trading name",
    ),
    (
        of(Base::Phone(PhoneKind::Office)),
        "電話|电话|電話號碼|电话号码|辦公室電話|办公室电话|辦公電話|办公电话|聯絡電話|联系电话|联络电话|座機|座机|固話|固话|固定電話|固定电话|tel|telephone|phone|tel no|phone no|phone number|office|office tel|office phone|business phone|work phone|landline|contact no|contact number|contact tel",
    ),
    (
        of(Base::Phone(PhoneKind::Main)),
        "總機|总机|總機電話|总机电话|switchboard|main line|main phone|general line|hotline|熱線|热线",
    ),
    (
        of(Base::Phone(PhoneKind::Direct)),
        "直線|直线|直線電話|直线电话|直撥|direct|direct line|direct phone|direct tel|did",
    ),
    (
        of(Base::Phone(PhoneKind::Mobile)),
        "手提|手提電話|手提电话|手機|手机|手機號碼|手机号码|手机号|流動電話|行動電話|移動電話|移动电话|mobile|mobile phone|mobile no|mobile number|mobile tel|cell|cell phone|cellular|cellphone|handphone",
    ),
    (
        of(Base::Phone(PhoneKind::Fax)),
        "傳真|传真|傳真號碼|传真号码|fax|fax no|fax number|facsimile",
    ),
    (
        of(Base::Phone(PhoneKind::Home)),
        "住宅|住宅電話|住宅电话|家居電話|家庭电话|home|home phone|home tel",
    ),
    (
        of(Base::Phone(PhoneKind::Other)),
        "其他電話|其他电话|other phone|other tel",
    ),
    (
        of(Base::Email),
        "電郵|电邮|電郵地址|电邮地址|電子郵件|电子邮件|電子郵箱|电子邮箱|邮箱|郵箱|邮件|郵件|email|e mail|mail|email address|e mail address",
    ),
    (
        of(Base::WebSite),
        "網址|网址|網站|网站|網頁|网页|官網|官网|website|web site|web|url|homepage|home page|web page|website address",
    ),
    (
        of(Base::Address),
        "地址|住址|通訊地址|通讯地址|辦公地址|办公地址|辦公室地址|註冊地址|注册地址|address|addr|office address|registered address|mailing address|street|location",
    ),
    (
        of(Base::District),
        "地區|地区|區域|区域|區|区|分區|district|area|region|city|城市|省份|省|市|province|國家|国家|country",
    ),
    (
        of(Base::Industry),
        "行業|行业|業務|业务|業務性質|经营范围|主營業務|主营业务|行業類別|所属行业|industry|sector|business|nature of business|business nature",
    ),
    (
        of(Base::Segment),
        "客群|分群|分類|分类|類別|类别|客戶類別|客户类别|客戶分類|客户分类|segment|category|customer type|client type",
    ),
    (
        of(Base::Tier),
        "級別|级别|等級|等级|分級|分级|tier|grade|class|rank|level",
    ),
    (of(Base::Stage), "階段|阶段|狀態|状态|stage|status"),
    (of(Base::Source), "來源|来源|客源|source|lead source|origin"),
    (
        of(Base::SourceNote),
        "來源備註|来源备注|來源說明|来源说明|source note|source detail",
    ),
    (
        of(Base::LastChecked),
        "核對日期|核对日期|最後核對|最后核对|上次核對|上次核对|last checked|last check|checked on",
    ),
    (
        of(Base::Remark),
        "備註|备注|備考|附註|說明|说明|remark|remarks|note|notes|comment|comments|memo",
    ),
    (
        of(Base::Honorific),
        "稱呼|称呼|稱謂|称谓|salutation|honorific|prefix",
    ),
    (
        of(Base::Title),
        "職銜|职衔|職位|职位|職務|职务|職稱|职称|崗位|岗位|title|job title|position|designation|post",
    ),
    (of(Base::Department), "部門|部门|department|dept|division"),
    (
        of(Base::WeChat),
        "微信|微信號|微信号|wechat|wechat id|we chat|we chat id|weixin",
    ),
    (of(Base::WhatsApp), "whatsapp|whats app"),
    (of(Base::Role), "角色|role"),
    (
        of(Base::Birthday),
        "生日|出生日期|birthday|birth date|date of birth|dob|bday",
    ),
    (
        of(Base::Occasions),
        "紀念日|纪念日|重要日子|dates|occasions|important dates",
    ),
];
