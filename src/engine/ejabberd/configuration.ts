// The configuration file of ejabberd 23.01 and 24.12: one node, loopback only, SQLite.
import { conferenceDomainOf, LARGEST_UPLOAD, uploadDomainOf, uploadsAddressOf } from '../plan.ts';
import type { EnginePlan } from '../plan.ts';
import { isAtLeast } from './installed.ts';
import type { EjabberdLibraries } from './installed.ts';

export interface EjabberdPlaces {
  database: string;
}

/** JSON strings are YAML strings. */
const quote = (text: string): string => JSON.stringify(text);

const HASHES = { 'SHA-1': 'sha', 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const;

/** PLAIN stays off: up to 24.12 it lets any account become any other through the authorisation identity. */
const signIn = (plan: EnginePlan): string => `
auth_method: [sql]
auth_password_format: scram
auth_scram_hash: ${HASHES[plan.passwordHash]}
disable_sasl_mechanisms: [PLAIN, digest-md5, X-OAUTH2]
`;

const storage = (places: EjabberdPlaces): string => `
default_db: sql
sql_type: sqlite
sql_database: ${quote(places.database)}
new_sql_schema: true
`;

const plainListener = (port: number): string => `  - port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    access: all
`;

/** Administration has a listener of its own and an unguessable path: a page in a browser on this machine must not reach it. */
const listeners = (plan: EnginePlan, modern: boolean): string => `
listen:
  - port: ${plan.port}
    ip: "127.0.0.1"
    module: ejabberd_http
    backlog: 4096
${modern ? '    allow_unencrypted_sasl2: true\n' : ''}    request_handlers:
      /ws: ejabberd_http_ws
      /files: mod_http_upload
  - port: ${plan.adminPort}
    ip: "127.0.0.1"
    module: ejabberd_http
    request_handlers:
      /${plan.adminKey}: mod_http_api
${plan.plainPort ? plainListener(plan.plainPort) : ''}websocket_ping_interval: 60 s
websocket_timeout: 5 min
s2s_access: none
acl: {loopback: {ip: [127.0.0.0/8]}}
access_rules:
  local: {allow: all}
api_permissions:
  "loopback": {from: [mod_http_api], who: {ip: [127.0.0.0/8]}, what: ["*"]}
shaper_rules: {max_user_sessions: 50, max_user_offline_messages: 5000, c2s_shaper: none}
`;

/**
 * 23.01 refuses `pubsub#max_items` in publish options, so the nodes that need many items are shaped here;
 * from 24.12 on the client's own publish options do it, and shaping them here would clash with those.
 */
const NODES_BY_FORCE = `
    force_node_config:
      "urn:xmpp:omemo:2:bundles": {access_model: open, max_items: 200}
      "urn:xmpp:bookmarks:1": {access_model: whitelist, max_items: 1000, send_last_published_item: never}
      "urn:xmpp:mds:displayed:0": {access_model: whitelist, max_items: 1000, send_last_published_item: never}`;

const modules = (plan: EnginePlan, libraries: EjabberdLibraries, modern: boolean): string => `
modules:
  mod_admin_extra: {}
  mod_blocking: {}
  mod_caps: {}
  mod_carboncopy: {}
  mod_client_state: {}
  mod_disco: {}
  mod_http_api: {}
  mod_http_upload:
    host: ${quote(uploadDomainOf(plan.domain))}
    put_url: ${quote(`${uploadsAddressOf(plan)}/files`)}
    docroot: "files"
    max_size: ${LARGEST_UPLOAD}
    custom_headers:
      "Access-Control-Allow-Origin": "*"
      "Access-Control-Allow-Methods": "GET, HEAD, PUT, OPTIONS"
      "Access-Control-Allow-Headers": "Content-Type, Range"
      "X-Content-Type-Options": "nosniff"
      "Content-Security-Policy": "default-src 'none'; sandbox"
  mod_last: {}
  mod_mam: {default: always, compress_xml: false}
  mod_muc:
    host: ${quote(conferenceDomainOf(plan.domain))}
    access_create: all
    access_persistent: all
    access_mam: all
    default_room_options: {mam: true, persistent: true, public: false, allow_subscription: true}
  mod_muc_admin: {}
  mod_ping: {}
  mod_privacy: {}
  mod_private: {}
  mod_pubsub:
    plugins: [flat, pep]
    max_items_node: 10000${modern ? '' : NODES_BY_FORCE}
  mod_roster: {versioning: true}
  mod_stream_mgmt: {resume_timeout: ${plan.resumeSeconds}, resend_on_timeout: if_offline}
  mod_time: {}
  mod_vcard: {search: false}
  mod_version: {show_os: false}
${libraries.isolation ? '  mod_isolation: {}\n' : ''}${modern ? '  mod_auth_fast: {}\n  mod_muc_occupantid: {}\n' : ''}`;

export function ejabberdConfiguration(plan: EnginePlan, places: EjabberdPlaces, libraries: EjabberdLibraries): string {
  const modern = isAtLeast(libraries.version, '24.12');
  return [
    '# Written anew at every start; changes here are lost.',
    `loglevel: ${plan.logLevel}\nlog_rotate_count: 0\nhosts: [${quote(plan.domain)}]`,
    signIn(plan),
    storage(places),
    listeners(plan, modern),
    modules(plan, libraries, modern),
  ].join('\n');
}
