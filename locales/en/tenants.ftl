# Tenants: the customers of the platform.

tenant-administrators = Administrators
tenant-agents = Agents
tenant-wallboards = Wallboards
tenant-services = Services
tenant-everything = Everything
tenant-first-administrator = First administrator
tenant-number-taken = A tenant with this customer number exists already. Choose another number.
tenant-host-taken = Another tenant is found by this host name. Choose another, or leave it out.
undo-never-tenant = A customer’s whole centre hangs on this. It cannot be taken back by one click.
undo-never-started = This user was made by a command on the machine. Deactivate the user instead.
