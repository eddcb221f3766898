//! What `--help` says.

pub const SERVER: &str = "\
topfloor-server: serves the built app, keeps what devices send and tells each what the others did.

  topfloor-server [serve] [OPTIONS]   serve (the same as no command)
  topfloor-server user …              add, list, close and open accounts, set passwords
  topfloor-server device …            list, revoke and readmit devices
  topfloor-server backup TARGET       copy everything into a new folder, while the server runs
  topfloor-server restore SOURCE      make the data folder out of a backup
  topfloor-server import-rescue FILE  take in what a device could not upload
  topfloor-server doctor              look whether the data is sound
  topfloor-server audit [--last N]    who signed in, was refused, was revoked

Every command takes --help, --data DIR and --config FILE.

Options of serve, each also in the environment and in the file:
  --dist DIR      TOPFLOOR_DIST          dist          the built app (dist)
  --port N        TOPFLOOR_PORT          port          (8650)
  --lan           TOPFLOOR_LAN           lan           also to phones on this network, over HTTPS
  --data DIR      TOPFLOOR_DATA          data          ($XDG_DATA_HOME/topfloor or ~/.local/share/topfloor)
  --log FORM      TOPFLOOR_LOG           log           text or json (text)
  --behind-proxy  TOPFLOOR_BEHIND_PROXY  behind_proxy  x-forwarded-for says where requests come from
  --config FILE   TOPFLOOR_CONFIG                      (topfloor.toml in the data folder)

The first start without an account asks for an administrator on a terminal, or takes TOPFLOOR_ADMIN and
TOPFLOOR_ADMIN_PASSWORD. There is no default password.
";

pub const USER: &str = "\
topfloor-server user add NAME [--shown TEXT] [--role member|leader|admin]
topfloor-server user list
topfloor-server user password NAME
topfloor-server user close NAME     nobody signs in as this user and no device is answered any more
topfloor-server user open NAME      takes that back

The password comes from TOPFLOOR_PASSWORD, or the first line of standard input when that is no terminal, or is asked
for twice. It has at least 10 characters. NAME is what the user signs in with, whatever its case.
";

pub const DEVICE: &str = "\
topfloor-server device list NAME
topfloor-server device revoke ID [--lock|--wipe]
topfloor-server device readmit ID

A revoked device is answered nothing but its order: --lock shows nothing any more, --wipe deletes the book from it.
A device that is readmitted signs in anew.
";

pub const BACKUP: &str = "\
topfloor-server backup TARGET

Copies the database and the pictures into the new folder TARGET. The server may run.
";

pub const RESTORE: &str = "\
topfloor-server restore SOURCE

Makes the data folder out of a backup. Stop the server and move what the folder holds aside first: a database that is
there is never overwritten. Devices send again what the backup lacks.
";

pub const IMPORT_RESCUE: &str = "\
topfloor-server import-rescue FILE --user NAME

Takes in a rescue file, made on a device that could not upload, as changes of the user NAME. The passphrase is asked for,
or is the first line of standard input when that is no terminal. Taking the same file in twice changes nothing. Answers
success only when the server holds everything that is in the file.
";

pub const DOCTOR: &str = "\
topfloor-server doctor

Looks whether the database and the pictures are whole. Ends with 1 when something is wrong.
";

pub const AUDIT: &str = "\
topfloor-server audit [--last N]

The last N acts (50), the newest first: time in UTC, act, user, device, detail.
";
