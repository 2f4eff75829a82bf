### What the operator of the machine reads, and where addresses are.

## Where an address is, when it is no place

place-this-machine = this machine
place-private-network = private network
place-shared-by-provider = behind a provider's shared address
place-no-host = not an address of any host
# Stands on every page that shows networks, before the two makers, which are links.
places-credit = Networks by
places-credit-names = DB-IP
places-credit-routes = RouteViews

## Options, as explained by --help, the manual and doctor

config-config = File with the configuration, in TOML.
config-listen = Address and port where the portal is served.
config-data = Folder for everything that is kept: the database, recordings and keys, unless they are stated elsewhere.
config-database = PostgreSQL to use, with the role of the application. Without it SQLite in the data folder is used.
config-database-owner = PostgreSQL with the role that owns the tables. Used by migrate and backup only.
config-content = Where recordings, transcripts and attachments are kept: a folder, as `file:///srv/content`. S3 and other stores come later; another scheme is refused at start. Without it, a folder in the data folder.
config-master-key-file = File with the key that protects all other keys. Without it, master.key in the data folder, made at the first start.
config-master-key = The same key as text, for machines that hand out secrets in the environment.
config-tls-certificate = Certificate chain in PEM, the server's own first. Read again when the file changes.
config-tls-key = Private key of the certificate, in PEM.
config-behind-proxy = States that a proxy in front encrypts every connection from outside. Only then may plain HTTP leave the machine.
config-trusted-proxies = Addresses of the proxies that are believed about where a request came from.
config-proxy-header = The one header in which those proxies say it. They must overwrite or extend it, never pass it on unread.
config-public-hosts = Host names under which the portal is reached. Requests for other names are refused; without any, every name is served.
config-outgoing-hosts = Hosts that webhooks may reach although they are on this machine or in a private network. All others must be on the internet.
config-outgoing-roots = File (PEM) with certificate authorities that are believed beside the built-in ones when a webhook is called.
config-handout-folder = Folder below which customers may have the heads of their book handed out as files; handed-out in the data folder when none is stated.
config-places-country = File in MaxMind's format that replaces the built-in database of countries.
config-places-network = File in MaxMind's format that replaces the built-in database of networks.
config-log-format = Form of the log on standard error: text for people, json for programs.
config-log-level = Least level that is logged: error, warn, info, debug or trace; parts of the program can differ, as in info,server=debug.
config-metrics-listen = Address and port where measures are served in Prometheus' format, apart from the portal.
config-metrics-token = Token that readers of the measures must show. With a token, /metrics is served at the portal's address too.
config-body-bytes = A larger request counts as an upload and may take longer than `request_seconds`. Ordinary pages keep smaller limits of their own.
config-upload-bytes = Largest upload to the archive: vCons and recordings sent together.
config-header-bytes = Largest head of a request.
config-connections = Connections open at once.
config-connections-per-address = Connections open at once from one address that is no trusted proxy.
config-header-seconds = Time for the head of a request to arrive, and for an idle connection to be used again.
config-idle-seconds = Time without a byte after which a request or an answer is given up.
config-request-seconds = Time within which a request must have been answered, uploads apart.
config-stop-seconds = Time that requests under way are given when the program is stopped.
config-hash-slots = Passwords checked at once; each takes 19 MiB of memory and one core.
config-hash-queue = Passwords waiting to be checked before sign-ins are asked to come back.

## What is wrong with the configuration, and what to do

config-file-unreadable = The file cannot be read: { $cause }. Correct its path or its permissions.
config-file-broken = Line { $line } is not TOML: { $cause }.
config-no-tables = The file has no sections or nested values. Write the option as a line of its own: name = value.
config-unknown = There is no such option. Remove it; the manual lists all.
config-unknown-near = There is no such option. Did you mean { $near }?
config-one-value = One value is wanted, not a list.
config-wrong-socket = “{ $value }” is no address with a port. Write it as 127.0.0.1:8080 or [::1]:8080.
config-wrong-yes = “{ $value }” is neither true nor false.
config-wrong-word = “{ $value }” is not one of: { $words }.
config-wrong-number = “{ $value }” is no whole number from { $least } to { $most }.
config-wrong-content = “{ $value }” is not served. Write a folder as file:///srv/content; other stores come later.
config-wrong-host = “{ $value }” is no host name. Write it without https:// and without a path.
config-wrong-level = The level is not understood. Write error, warn, info, debug or trace, or parts as in info,server=debug.
config-wrong-network = “{ $value }” is no address and no range. Write it as 10.0.0.1 or 10.0.0.0/8.
config-network-bits = “{ $value }” has bits set beyond its prefix. Write { $meant } if you mean the whole range.
config-network-everybody = “{ $value }” would believe everybody about their own address. State the proxies' own addresses.
config-plain-http = Passwords would cross the network unencrypted at { $value }. State tls_certificate and tls_key, or behind_proxy if a proxy in front encrypts, or listen on 127.0.0.1.
config-tls-both = Certificate and key belong together. State both or neither.
config-proxy-which = State the addresses of the proxies in front, or every visitor would be logged with the proxy's address.
config-proxy-unstated = Trusted proxies are stated, but neither behind_proxy nor a certificate. State behind_proxy if they encrypt, or remove them.
config-database-scheme = The database is stated as postgres://user:password@host/name. For SQLite state none; it lives in the data folder.
config-database-both = The owner's database is stated but not the application's. State both or neither.
config-key-twice = The master key is stated twice, as text and as a file. Keep one.
config-token-short = The token is too short to be a secret. Use at least { $least } characters.
config-metrics-open = Measures would be open to the network. State metrics_token, or an address of this machine alone.
config-metrics-same = Measures have an address of their own; this one is the portal's. Choose another port, or state metrics_token and no address.

## The master key

keys-missing = The master key { $file } is missing, but data is kept that only it can open. Put back your copy of it. A new key would not help.
keys-too-open = The master key { $file } can be read or changed by others on this machine. Run chmod 600 on it, and think about who may have read it.
keys-unreadable = The master key { $file } cannot be read or made: { $cause }. Correct the path or its permissions.
keys-broken = { $file } holds no master key that can be read: { $cause }. Put back your copy of it.
keys-clock = The machine's clock shows no possible day. Set it and start again.

## doctor

doctor-good = well
doctor-warning = attention
doctor-bad = fault
doctor-all-good = All is well.
doctor-all-warning = The program can run. See to what needs attention.
doctor-all-bad = The program cannot run like this. Mend each fault and run doctor again.

doctor-check-config = Configuration
doctor-check-clock = Clock
doctor-check-data = Data folder
doctor-check-space = Free space
doctor-check-lock = In use
doctor-check-files = Open files
doctor-check-heads = Kept heads
doctor-check-key = Master key
doctor-check-tls = Certificate
doctor-check-places = Places
doctor-check-database = Database
doctor-check-link = Link to the database

doctor-config-good = Complete and consistent.
doctor-clock-good = It is { $now }.
doctor-clock-behind = It is { $now }, but something here was written at { $before }. Set the clock, best by a time server.
doctor-data-good = { $folder } can be written.
doctor-data-new = { $folder } is not there yet. It is made at the first start.
doctor-data-file = { $folder } is a file, not a folder. State another with --data.
doctor-data-closed = Nothing can be written to { $folder }: { $cause }. Give the program's account the right to.
doctor-data-open = { $folder } is open to everybody on this machine. Run chmod 750 on it.
doctor-space-good = { $bytes } free.
doctor-space-little = Only { $bytes } free. Recordings fill that soon; make room or move the data folder.
doctor-link-checked = Encrypted, and the certificate of PostgreSQL is checked
doctor-link-encrypted = Encrypted, and does not leave this machine
doctor-link-unchecked = Encrypted, but anybody on the way can answer in the place of PostgreSQL. Add sslmode=verify-full and sslrootcert=FILE to the URL of the database.
doctor-link-here = Not encrypted, and does not leave this machine
doctor-link-plain = Not encrypted: whoever is on the way to PostgreSQL reads everything. Switch TLS on there and add sslmode=verify-full and sslrootcert=FILE to the URL of the database.
doctor-space-bad = Only { $bytes } free. Make room before starting: when nothing can be written, nobody can sign in.
doctor-lock-free = No server runs on the data folder.
doctor-lock-used = A server runs on the data folder.
doctor-files-good = { $may } may be open, { $wanted } are enough.
doctor-files-few = Only { $may } may be open, but { $wanted } are needed for all connections. Raise the limit (LimitNOFILE, ulimit -n) or lower connections.
doctor-heads-good = { $n ->
    [0] None yet.
    [one] The newest head of one customer is kept.
   *[other] The newest heads of { $n } customers are kept.
}
doctor-heads-missing = { $file } is not there, so a book that is rolled back now would not be noticed here. The server writes it anew from the database when it runs; compare with a head that the customer kept.
doctor-heads-unreadable = { $file } is no head. The server sets it aside and writes it anew from the database when it runs, if the book goes on from there; compare with a head that the customer kept.
doctor-key-good = { $file } holds the key { $id }. Make sure that a copy is kept elsewhere.
doctor-key-new = { $file } is made at the first start. Keep a copy elsewhere then.
doctor-key-maybe = { $file } is not there. It is made at the first start of an empty database; for one in use, put back your copy.
doctor-tls-good = { $file } is good until { $day }.
doctor-tls-ends = { $file } ends on { $day }. Renew it; the program takes the new one without a restart.
doctor-tls-ended = { $file } ended on { $day }. Browsers refuse it. Renew it; the program takes the new one without a restart.
doctor-tls-endless = { $file } fits its key, but says nowhere readable when it ends.
doctor-tls-bad = { $file } cannot serve: { $cause }.
doctor-tls-proxy = None; the stated proxy encrypts.
doctor-tls-loopback = None; only this machine can connect.
doctor-places-good = Countries and networks as of { $day }.
doctor-places-old = Countries and networks are of { $day }. Update the program, or state newer files with places_country and places_network.
doctor-places-bad = A file of places cannot be read: { $cause }. Correct or remove places_country or places_network.
doctor-database-good = The database answers.
doctor-database-bad = The database does not answer: { $cause }.

## The table of options in the manual

config-column-option = option
config-column-form = form
config-column-default = default
config-column-meaning = what it does
config-default-cores = the number of cores
config-form-socket = address and port
config-form-path = path
config-form-url = URL
config-form-text = text
config-form-hosts = list of host names
config-form-networks = list of addresses or ranges
