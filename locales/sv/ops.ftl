### Det som den läser som sköter maskinen, och var adresser finns.

## Var en adress finns, när den inte är någon plats

place-this-machine = den här maskinen
place-private-network = privat nät
place-shared-by-provider = bakom en leverantörs delade adress
place-no-host = ingen värds adress
# Står på varje sida som visar nät; de två namnen är länkar.
places-credit = Nät från <a href="https://db-ip.com">DB-IP</a> och <a href="https://www.routeviews.org">RouteViews</a>
