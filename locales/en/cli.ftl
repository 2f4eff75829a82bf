# The command line.

cli = The administration, archive and audit system of a contact centre.
cli-serve = Serve the portal.
cli-tenant = Customers of the platform.
cli-tenant-add = Add a customer; prints the link by which the first administrator sets a password. It works once, for 30 minutes.
cli-tenant-list = List the customers.
cli-user = Users of a customer.
cli-user-link = Print a link by which a user sets a new password. It works once, for 30 minutes.
cli-key = Keys by which programs use the API.
cli-key-add = Make a key and print it. It is shown this once only.
cli-migrate = Bring the database’s schema up to date.
cli-doctor = Look whether this machine can run the program as configured.

cli-arg-number = Customer number, from 1.
cli-arg-name = Name.
cli-arg-language = Language of those who have chosen none: sv or en.
cli-arg-zone = Time zone by its name in the tz database.
cli-arg-host = Host name under which the customer signs in without the number.
cli-arg-administrator = User name of the first administrator.
cli-arg-json = Answer in JSON.
cli-arg-tenant = Customer number.
cli-arg-user = User name or mail address.
cli-arg-owner = The person who answers for the key: user name or mail address.
cli-arg-scope = Rights that the key opens, such as users.view; or all, for every right of the owner.
cli-arg-service = The service user that acts by the key. Without it a new one is made that holds just these rights.
cli-arg-days = Days until the key ends.
cli-arg-role = The application’s role in PostgreSQL, which gets its rights and owns nothing.
cli-arg-config = File with the configuration, in TOML.

cli-listening = Vaktbok listens on { $address }
cli-tenant-added = Customer { $number } is set up. The link above sets the first administrator’s password; it works once, for 30 minutes.
cli-tenant-half = Customer { $number } was not completed. Give the same command again.
cli-key-made = Keep the key above now: it is not shown again. It ends { $until }.
cli-migrate-needs-role = State the application’s role: --role NAME.
cli-migrate-nothing = The schema is up to date.
cli-database-answers = PostgreSQL answers, and the schema is there
cli-database-does-not = PostgreSQL cannot be used: { $cause }

cli-bad-name = 1 to 200 characters, no control characters.
cli-bad-zone = No such time zone. Write it as in Europe/Stockholm.
cli-bad-host = Not a host name. Write it as in centre.example.se.
cli-no-such-tenant = There is no customer { $number }.
cli-no-such-user = There is no user { $name }.
cli-no-such-right = There is no right { $right }. The settings page lists them.
cli-not-found = There is no such thing.
cli-not-allowed = This is not allowed.
cli-broken = It did not work: { $cause }
cli-not-through-a-server = This command does not go through a running server.
cli-server-does-not-answer = A server has the data folder open and does not answer: { $cause }

# The demo, and bringing in.
cli-demo = A portal with two customers and ninety days behind them, to look at.
cli-arg-interactions = A folder of vCons to show instead of the samples in the program.
cli-demo-ready = Ready to sign in (customer number, customer, role, user name, password). These passwords are shown this once:
cli-demo-again = This folder was filled before: its passwords were shown then.
cli-demo-brought = { $tenant }: { $imported } interactions of the folder are in the archive and { $aside } set aside; { $agents } agents they speak of are users here. Each was moved to a day of the last ninety, and given a queue where it named none.
demo-role-administrator = administrator
demo-role-supervisor = supervisor
demo-role-agent = agent
demo-role-auditor = auditor
demo-reason-complaint = Complaint from the customer
demo-reason-coaching = Coaching with the agent
demo-reason-sample = Quality sample of the week
demo-reason-dispute = The customer disputes what was agreed
demo-reason-holiday = On holiday
demo-reason-moved = Moved to where the calls are
demo-reason-sprayed = Tried by somebody last night
demo-reason-left = Left the company
cli-import = Bring interactions into a customer’s archive.
cli-import-vcon = Bring in vCon files, and the recordings beside them.
cli-arg-files = vCon files, or folders that hold some.
cli-import-imported = imported
cli-import-unchanged = unchanged
cli-import-aside = set aside
cli-import-summary = { $imported } imported, { $unchanged } unchanged, { $aside } set aside
