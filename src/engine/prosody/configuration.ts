// The configuration file of Prosody 0.12 and 13: loopback only, SQLite, what a chat needs and nothing else.
import { conferenceDomainOf, LARGEST_UPLOAD, uploadDomainOf, uploadsAddressOf } from '../plan.ts';
import type { EnginePlan } from '../plan.ts';

export interface ProsodyPlaces {
  ownModules: string;
  data: string;
  database: string;
  log: string;
  pidFile: string;
}

const MODULES: readonly string[] = [
  'disco',
  'roster',
  'saslauth',
  'presence',
  'message',
  'iq',
  'c2s',
  'blocklist',
  'bookmarks',
  'carbons',
  'csi',
  'csi_simple',
  'lastactivity',
  'mam',
  'pep',
  'ping',
  'private',
  'smacks',
  'time',
  'vcard4',
  'vcard_legacy',
  'version',
  'http',
  'websocket',
  'leash',
  'isolate',
  'sqlite_pace',
  'resume_websocket',
  'websocket_flight',
  'headcount',
];

/** Lua's escapes are close enough to JSON's for paths and names; control characters do not occur in them. */
const quote = (text: string): string => JSON.stringify(text);
const list = (items: readonly string[]): string => `{ ${items.map(quote).join('; ')} }`;

const network = (plan: EnginePlan): string => `
interfaces = { "127.0.0.1" }
c2s_ports = { ${plan.plainPort ?? ''} }
c2s_direct_tls_ports = {}
s2s_ports = {}
https_ports = {}
http_ports = { ${plan.port} }
http_interfaces = { "127.0.0.1" }
http_default_host = ${quote(plan.domain)}
http_paths = { websocket = "/ws"; headcount = ${quote(`/${plan.adminKey}`)} }
c2s_stanza_size_limit = 256 * 1024
-- Files are uploaded and fetched by pages of other origins, in parts where a line broke.
access_control_allow_headers = { "Content-Type"; "Range" }
-- A browser that vanished is noticed after five minutes; until then its stream can be resumed.
network_settings = { read_timeout = 300; tcp_backlog = 128 }
smacks_hibernation_time = ${plan.resumeSeconds}
`;

/** The socket counts as secure because it never leaves this machine; PLAIN is off all the same. */
const signIn = (plan: EnginePlan): string => `
authentication = "internal_hashed"
password_hash = ${quote(plan.passwordHash)}
allow_registration = false
consider_websocket_secure = true
c2s_require_encryption = false
s2s_require_encryption = false
disable_sasl_mechanisms = { "PLAIN"; "DIGEST-MD5"; "OAUTHBEARER" }
`;

/** `sqlite_tune` is Prosody 13's own word for what mod_sqlite_pace does on 0.12. */
const archives = (places: ProsodyPlaces): string => `
storage = "sql"
sql = { driver = "SQLite3"; database = ${quote(places.database)} }
sqlite_tune = "normal"
default_archive_policy = true
archive_expires_after = "never"
max_archive_query_results = 250
mam_include_total = false
pep_max_items = 10000
`;

const rooms = (plan: EnginePlan): string => `
Component ${quote(conferenceDomainOf(plan.domain))} "muc"
  modules_enabled = { "muc_mam" }
  restrict_room_creation = "local"
  muc_log_by_default = true
  muc_log_expires_after = "never"
  muc_room_default_persistent = true
  muc_room_default_public = false
`;

/** Reached under the address of this machine, so it answers for the host that has no name. */
const uploads = (plan: EnginePlan): string => `
Component ${quote(uploadDomainOf(plan.domain))} "http_file_share"
  http_host = ${quote(plan.domain)}
  http_external_url = ${quote(`${uploadsAddressOf(plan)}/`)}
  http_paths = { file_share = "/files" }
  http_file_share_size_limit = ${LARGEST_UPLOAD}
  http_file_share_daily_quota = ${LARGEST_UPLOAD * 20}
`;

export function prosodyConfiguration(plan: EnginePlan, places: ProsodyPlaces): string {
  return `-- Written anew at every start; changes here are lost.
daemonize = false
run_as_root = true
pidfile = ${quote(places.pidFile)}
data_path = ${quote(places.data)}
certificates = ${quote(places.data)}
plugin_paths = { ${quote(places.ownModules)} }
modules_enabled = ${list(MODULES)}
-- Archives take what offline storage would hold, so nobody gets the same message from both.
modules_disabled = { "offline"; "s2s"; "s2s_auth_certs"; "tls" }
log = { { levels = { min = ${quote(plan.logLevel)} }; to = "file"; filename = ${quote(places.log)} } }
${network(plan)}${signIn(plan)}${archives(places)}
VirtualHost ${quote(plan.domain)}
${rooms(plan)}${uploads(plan)}`;
}
