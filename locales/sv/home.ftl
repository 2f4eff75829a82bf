# Hem: är något fel, sedan när, vad ska jag göra.
home-well = Inget behöver dig just nu
home-wrong = { $n ->
    [one] En sak behöver dig
   *[other] { $n } saker behöver dig
}
home-now = Läget { $now }
home-since = Den första sedan { $at } · läget { $now }
home-lines = Det som är värt att veta
home-word-bad = Åtgärda
home-word-warn = Se över
home-word-note = Notera
home-word-ok = Bra

home-book-unwritable = Boken går inte att skriva i. Tills den gör det ändras inget, öppnas inget och ingen loggar in.
home-book-not-whole = Den senaste kontrollen fann inte boken hel, eller kom inte till slutet.
home-book-unsigned = De nyaste posterna i boken har inte signerats.
home-book-signed = { $n ->
    [one] Boken är signerad: en post.
   *[other] Boken är signerad: { $n } poster.
}
home-forgets-access = De första orden i åtkomstloggen raderas när deras tid är ute.
home-forgets-change = De första orden i ändringsloggen raderas när deras tid är ute.
home-forgets-archive = De första orden i arkivloggen raderas när deras tid är ute.
home-search-behind = Sökningen i loggarna har inte hunnit till de { $n } nyaste posterna. Det som visas stämmer, det går bara långsammare.
home-part-unwell = Delen ”{ $part }” mår inte bra: { $reason }.
home-refused = { $n ->
    [0] Ingen inloggning har nekats i dag.
    [one] En inloggning har nekats i dag.
   *[other] { $n } inloggningar har nekats i dag.
}
home-refused-compared = { $n ->
    [0] Ingen inloggning har nekats i dag
    [one] En inloggning har nekats i dag
   *[other] { $n } inloggningar har nekats i dag
}; en vanlig { $day ->
    [1] måndag
    [2] tisdag
    [3] onsdag
    [4] torsdag
    [5] fredag
    [6] lördag
   *[7] söndag
} är det { $usual } vid den här tiden.
home-doors = { $n ->
    [one] Någon har nekats en sida i dag för att rättigheten saknas.
   *[other] { $n } gånger i dag har någon nekats en sida för att rättigheten saknas.
}
home-unseen = { $n ->
    [one] En av dem som lagts till de senaste 30 dagarna har aldrig loggat in.
   *[other] { $n } av dem som lagts till de senaste 30 dagarna har aldrig loggat in.
}
home-links-over = { $n ->
    [one] En länk för lösenord gick ut oanvänd. Den som skulle haft den kommer inte in.
   *[other] { $n } länkar för lösenord gick ut oanvända. De som skulle haft dem kommer inte in.
}
home-links-open = { $n ->
    [one] En länk för lösenord väntar på att användas, till
   *[other] { $n } länkar för lösenord väntar på att användas, den första till
}
home-ending = { $n ->
    [one] Avstängningen av { $name } slutar
   *[other] { $n } avstängningar slutar inom 7 dagar, först den av { $name }
}
home-expiring = { $n ->
    [one] Ett programs nyckel slutar gälla inom 14 dagar:
   *[other] { $n } programs nycklar slutar gälla inom 14 dagar, den första
}
home-aside = { $n ->
    [one] En fil lades åt sidan de senaste 7 dagarna i stället för att arkiveras.
   *[other] { $n } filer lades åt sidan de senaste 7 dagarna i stället för att arkiveras.
}
home-own-refused = { $n ->
    [one] En inloggning i ditt namn har nekats de senaste 7 dagarna.
   *[other] { $n } inloggningar i ditt namn har nekats de senaste 7 dagarna.
}
home-work-users = Import av användare
home-work-archive = Import av kontakter
home-work-export = Export av en logg
home-work-check = Kontroll av boken
home-work-going = { $what } pågår: { $done } av { $total }.
home-work-waiting = { $what } väntar på sin tur.
home-work-stopped = { $what } stoppades vid { $done } av { $total }.
home-work-failed = { $what } kom inte till slutet.

home-step-book = Till boken
home-step-check = Kontrollera den
home-step-setting = Hur länge
home-step-ready = Alla delar
home-step-refused = Vem och varför
home-step-entries = Visa posterna
home-step-users = Visa vilka
home-step-keys = Visa nycklarna
home-step-user = Visa användaren
home-step-work = Visa förloppet
home-step-aside = Visa varför
home-step-me = Dina sessioner

home-sign-ins = Inloggningar
home-strip = Inloggningar per dag
home-bar = { $day }: { $all } inloggningar, { $bad } nekade
home-week-lead = Dag för dag i fyra veckor, nekade i rött. Under dem samma veckor per veckodag och timme; arbetstiden är inramad.
home-week = Inloggningar per veckodag och timme, fyra veckor
home-week-refused = Nekade inloggningar per veckodag och timme, fyra veckor
home-week-choose = Vilka inloggningar
home-show-all = Alla
home-show-refused = Nekade
home-own = Du
home-own-since = Inloggad
home-own-from = Från
home-own-others = Andra sessioner
home-own-others-n = { $n ->
    [0] inga
    [one] en
   *[other] { $n }
}
home-own-refusals = Nekade i ditt namn
home-own-refusals-none = inga på 7 dagar
home-interactions = Dina senaste kontakter
home-tenants = Kunder
home-tenant = Kund
home-tenant-number = Nummer
home-tenant-entries = Poster
home-tenant-last = Nyaste post

home-first = De första stegen
home-first-lead = Här är tomt än. I den här ordningen får allt sin plats.
home-first-done = klart
home-first-group = En grupp för dem som talar med kunder; dess inställningar och rättigheter gäller dem alla
home-first-group-do = Lägg upp en grupp
home-first-user = Människorna i den, en och en eller från en fil
home-first-user-do = Lägg till en användare
home-first-interaction = Deras avslutade samtal och chattar, som vCon-filer
home-first-interaction-do = Importera kontakter

setting-hours-begin = Arbetet börjar
setting-hours-begin-help = Där vanlig arbetstid börjar: den ramas in i bilden av inloggningar, så att det som händer utanför syns.
setting-hours-end = Arbetet slutar
setting-hours-end-help = Där vanlig arbetstid är över.
setting-hours-weekends = Arbete på helger
setting-hours-weekends-help = Om även lördagar och söndagar är arbetsdagar.
settings-area-hours = Arbetstid
settings-unit-clock = kl. { $n }
home-own-group = Din grupp
home-own-may = Du får
home-own-may-nothing = Inget utöver den här sidan och din egen. Den som administrerar användare kan ge dig mer.
home-own-may-n = { $n } olika saker
home-tried-all = Alla
