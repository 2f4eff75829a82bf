### What the operator of the machine reads, and where addresses are.

## Where an address is, when it is no place

place-this-machine = this machine
place-private-network = private network
place-shared-by-provider = behind a provider's shared address
place-no-host = not an address of any host
# Stands on every page that shows networks; the two names are links.
places-credit = Networks by <a href="https://db-ip.com">DB-IP</a> and <a href="https://www.routeviews.org">RouteViews</a>
