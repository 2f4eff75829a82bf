setting-logs-access = Läsa åtkomstloggen
setting-logs-access-help = Vem som loggat in eller försökt, och varifrån; inom den egna räckvidden.
setting-logs-changes = Läsa ändringsloggen
setting-logs-changes-help = Varje ändring, varje fält före och efter; inom den egna räckvidden.
setting-logs-archive = Läsa arkivloggen
setting-logs-archive-help = Vem som öppnat, spelat eller hämtat vad, och varför; inom den egna räckvidden.

undo-unknown = Programmet som gjorde ändringen är inte detta, så den kan inte ångras här. Ändra tillbaka för hand.
undo-unreadable = Posten säger inte längre vad som gällde före, så ändringen kan inte ångras. Ändra tillbaka för hand.

# Vad varje händelse heter i loggarna.
event-door-refused = Nekad för att en rättighet saknas
event-session-ended = Session avslutad
event-session-ended-by-other = Session avslutad av någon annan
event-session-renewed = Session förnyad efter ändrade rättigheter
event-session-signed-out = Loggade ut
event-sign-in-accepted = Loggade in
event-sign-in-refused = Inloggning nekad
event-archive-searched = Sökte i arkivet
event-content-damaged = Innehåll visade sig skadat
event-content-downloaded = Innehåll hämtat
event-content-opened = Innehåll öppnat
event-content-played = Innehåll spelat
event-interaction-opened = Interaktion öppnad
event-archive-key-made = Arkivets nyckel skapad
event-aside-decided = Beslut om avskild fil
event-aside-opened = Avskild fil öppnad
event-file-set-aside = Fil lagd åt sidan vid import
event-group-created = Grupp skapad
event-group-deleted = Grupp borttagen
event-group-renamed = Grupp omdöpt
event-interaction-imported = Interaktion importerad
event-key-ended = API-nyckel avslutad
event-key-made = API-nyckel skapad
event-password-link-made = Lösenordslänk skapad
event-password-given = Lösenord gavs av maskinen
event-user-look-chosen = Språk eller tema valt
event-password-link-voided = Lösenordslänkar gjordes ogiltiga
event-password-changed = Lösenord ändrat
event-password-set-by-link = Lösenord satt genom en länk
event-tenant-added = Kund tillagd
event-tenant-set-up = Kund kom igång
event-user-created = Användare skapad
event-user-creation-undone = Skapande av användare ångrat
event-user-deactivated = Användare avaktiverad
event-user-edited = Användare ändrad
event-user-moved = Användare flyttad till annan grupp
event-user-new-password-forced = Nytt lösenord framtvingat
event-user-reactivated = Användare återaktiverad
event-user-resumed = Användares avstängning upphävd
event-user-standing-restored = Användares tillstånd återställt
event-user-started = Första användaren kom igång
event-user-suspended = Användare avstängd
setting-logs-export = Ta ut loggar som filer
setting-logs-export-help = Som CSV eller JSON Lines, av de loggar man får läsa, inom den egna räckvidden. Varje gång blir en post.
setting-book-read = Läsa hela boken
setting-book-read-help = Huvuden, bevis, export och kontroll av varje post, förbi all räckvidd. För revisorer.
setting-book-rotate = Byta bokens nyckel
setting-book-rotate-help = Skapar en ny nyckel som signerar huvudena; den gamla signerar den nya.

event-log-read = Logg läst
event-log-exported = Logg uttagen som fil
event-book-key-made = Nyckel som signerar boken skapad
event-book-key-rotated = Nyckel som signerar boken överlämnad
undo-never-book-key = En nyckel som har signerat kan inte göras ogjord; det den signerat skulle inte längre gå att bevisa.
book-key-again = Ett nyare huvud signerades under tiden. Lämna över nyckeln igen.
book-rolled-back = Boken är mindre eller en annan än den som signerats här ({ $kept } poster signerade, { $now } nu). Den signeras inte förrän någon har tittat: se { $file }.
book-head-not-signed = En boks nyaste huvud kunde inte signeras
book-erased-meanwhile = Ord raderades medan exporten gjordes. Begär den igen.

logs-access-title = Åtkomstlogg
logs-changes-title = Ändringslogg
logs-archive-title = Arkivlogg
logs-export = Exportera
logs-undone = Ändringen är ångrad, genom en egen post.
logs-strip = Poster över tid; välj en stapel för att se dess tid
logs-bar = { $at }: { $all } poster, { $bad } nekade
logs-search-hint = Del av namn, adress, värde eller skäl; * för vad som helst
logs-list = Visa
logs-list-all = Vad som hänt
logs-list-readings = Vem som läst loggarna
logs-empty = Ingen post passar
logs-empty-text = Det som händer inom din räckvidd dyker upp här av sig självt. Ta bort ett filter eller välj en längre tid för att se mer.
logs-cut = De nyaste posterna har gåtts igenom för den här sidan, och det finns fler. Även äldre kan passa: gå vidare med ”Äldre”.
logs-words-behind = { $n } nya poster finns inte i indexet än. De läses en för en, så en sida kan ta slut tidigare än vanligt.
logs-count = { $n ->
    [one] { $n } post
   *[other] { $n } poster
 }
logs-count-newest = De { $n } nyaste
logs-too-many-filters = Högst { $most } filter på en gång. Ta bort något.
logs-visitor = Någon som inte loggat in
logs-machine = Programmet ({ $name })
logs-erased = Raderat
logs-erased-why = Postens ord har raderats, genom en post i boken; att den finns går fortfarande att bevisa.
logs-stepped-back = Klockan ställdes tillbaka före posten; ordningen går efter nummer.
logs-chosen-one = den valda

logs-part-fields = Före och efter
logs-part-said = Detaljer
logs-part-whence = Varifrån
logs-part-book = I boken
logs-part-undo = Ångra
logs-undo-lead = Sätter tillbaka fälten till vad de var, om ingen har ändrat dem sedan dess.
logs-undo-lacks = Du saknar rätten att ändra tillbaka det här.
logs-undo-refused = Inte ångrat
logs-undo-gone = Det som ändrades finns inte kvar, eller är inte för dig att se.
logs-undo-since = Vad som ändrats sedan dess
logs-undo-back = Tillbaka
logs-lasting-title = Ändringar som inte kan ångras
logs-lasting-lead = Alla andra ändringar kan ångras från sin post, så länge ingen har ändrat samma sak sedan dess.
logs-lasting-why = Varför inte

logs-col-at = Tid
logs-col-event = Vad
logs-col-result = Resultat
logs-col-who = Vem
logs-col-typed = Namn som det skrevs
logs-col-behalf = På uppdrag av
logs-col-subject = Vem eller vad det gällde
logs-col-change = Ändring
logs-col-way = Genom
logs-col-address = Adress
logs-col-country = Land
logs-col-network = Nät
logs-col-browser = Webbläsare
logs-col-system = System
logs-col-method = Metod
logs-col-reason = Skäl
logs-col-seconds = Levererat
logs-col-stated = Hört, enligt spelaren
logs-col-clock = Klocka
logs-col-erased = Raderat
logs-col-session = Session
logs-col-request = Begäran
logs-col-index = Nummer
logs-col-name = Händelse

logs-facet-name = Vad
logs-facet-result = Resultat
logs-facet-typed = Namn som det skrevs
logs-facet-user = Användare
logs-facet-actor = Vem
logs-facet-subject = Vem eller vad det gällde
logs-facet-group = Grupp
logs-facet-queue = Kö
logs-facet-method = Metod
logs-facet-reason = Skäl
logs-facet-way = Genom
logs-facet-address = Adress
logs-facet-country = Land
logs-facet-network = Nät
logs-facet-browser = Webbläsare
logs-facet-system = System
logs-facet-since = Från
logs-facet-until = Till

logs-word-result-accepted = godkänd
logs-word-result-refused = nekad
logs-word-result-ended = avslutad
logs-word-result-exported = exporterad
logs-word-result-resumed = återupptagen
logs-word-way-web = portalen
logs-word-way-api = API
logs-word-way-command = kommando
logs-word-way-job = programmet
logs-word-method-password = lösenord
logs-word-method-key = API-nyckel
logs-word-method-link = länk
logs-word-subject-user = Användare
logs-word-subject-group = Grupp
logs-word-subject-tenant = Kunden
logs-word-subject-interaction = Interaktion
logs-word-subject-setting = Inställning
logs-word-subject-key = API-nyckel
logs-word-subject-session = Session
logs-word-log-access = Åtkomstloggen
logs-word-log-change = Ändringsloggen
logs-word-log-archive = Arkivloggen

event-book-exported = Boken uttagen
event-book-extracted = Post ur boken uttagen
event-book-resumed = Boken gick att skriva igen
event-book-checked = Boken kontrollerad
logs-export-title = Ta ut loggen
logs-export-all = Hela loggen inom din räckvidd. Välj filter på loggens sida först för att ta ut mindre.
logs-export-filtered = Det som filtren på loggens sida släpper igenom, inom din räckvidd.
logs-export-format = Som
logs-export-csv = CSV, för kalkylblad
logs-export-csv-help = En rad för varje post; det som kunde tas för en formel görs ofarligt.
logs-export-jsonl = JSON Lines, för program
logs-export-jsonl-help = Ett objekt för varje post, med allt som ändrades.
logs-export-fetch = Hämta filen
logs-export-ready = Filen är klar. Den sparas krypterad i { $hours } timmar, och varje gång du hämtar den skrivs det ned.
logs-export-leave = Det är nedskrivet att du tar ut loggen. Du kan lämna sidan: filen görs ändå, och finns sedan i listan över dina filer.
logs-export-waiting = Väntar på sin tur
logs-export-going = { $n } poster skrivna; { $left }
logs-export-entries = { $n ->
    [one] { $n } post skriven
   *[other] { $n } poster skrivna
}
logs-export-left-seconds = { $n ->
    [one] ungefär en sekund kvar
   *[other] ungefär { $n } sekunder kvar
}
logs-export-left-minutes = { $n ->
    [one] ungefär en minut kvar
   *[other] ungefär { $n } minuter kvar
}
logs-export-left-unknown = hur lång tid det tar går inte att säga än
logs-export-stopped = Stoppad. Det som hann göras är bortkastat.
logs-export-failed = Filen gick inte att göra. Beställ den igen; går det inte då heller, säg till den som driver servern.
logs-export-no-right = Filen gjordes inte, eftersom du inte längre får ta ut den här loggen.
logs-export-reach = Vad du får se har ändrats sedan filen beställdes. Beställ den igen.
logs-export-over = Den här filen stoppades eller gick inte att göra. Beställ den igen.
logs-export-not-yet = Filen är inte klar än. Hämta den när den är det.
logs-export-gone = Filen är bortkastad: den sparas i { $hours } timmar. Beställ den igen.
logs-export-long = Filtren är längre än de { $most } tecken som en fil kan beställas med. Ta bort några.
logs-export-too-many = Du har { $most } filer som väntar eller håller på att göras. Vänta på någon, eller stoppa en, och beställ igen.
logs-export-kb = { $n } kB
logs-export-mb = { $n } MB
logs-export-col-made = Beställd
logs-export-col-log = Logg
logs-export-col-state = Läge
logs-export-col-entries = Poster
logs-export-col-size = Storlek
logs-export-col-until = Sparas till
logs-export-state-waiting = väntar
logs-export-state-going = görs
logs-export-state-done = klar
logs-export-state-expired = bortkastad
logs-export-state-stopped = stoppad
logs-export-state-failed = ej gjord
logs-exports = Mina filer
logs-exports-lead = Loggar som du har tagit ut som filer. En färdig fil sparas i { $hours } timmar.
logs-exports-empty = Inga filer
logs-exports-empty-text = Välj Exportera på en loggs sida. Det du tar ut finns här tills det kastas bort.
event-log-fetched = Fil med logg hämtad

event-part-erased = Ord raderade när deras tid var ute
undo-never-erased = Det som raderats är förstört; ingen kan ta det tillbaka.
setting-logs-access_months = Hur länge åtkomstloggen behåller sina ord
setting-logs-access_months-help = Därefter raderas postens ord. Att den finns, och när det hände, går fortfarande att bevisa.
setting-logs-change_months = Hur länge ändringsloggen behåller sina ord
setting-logs-change_months-help = Därefter raderas postens ord, och ändringen kan inte längre ångras.
setting-logs-archive_months = Hur länge arkivloggen behåller sina ord
setting-logs-archive_months-help = Därefter raderas postens ord. Att den finns, och när det hände, går fortfarande att bevisa.
event-users-import-begun = Import av användare påbörjad
event-users-import-stopped = Import av användare stoppad
logs-live-full = Så många sidor är öppna att nya poster inte kommer in här av sig själva. Sidan fungerar som vanligt; ladda om den för att se vad som är nytt.
logs-live-full-session = Du har redan { $most } sidor öppna som nya poster kommer in på, och den här är en till. Ladda om den för att se vad som är nytt, eller stäng någon av de andra.
logs-live-more = { $n ->
    [one] { $n } ny post till: visa
   *[other] { $n } nya poster till: visa
}
logs-live-more-unknown = Det finns fler nya poster: visa

logs-facet-behalf = På uppdrag av
logs-facet-client = Klienttyp
logs-facet-door = Dörr
logs-facet-kind = Typ av objekt
logs-facet-right = Rättighet
logs-facet-setting = Inställning
logs-facet-level = Nivå
logs-facet-request = Begäran
logs-facet-medium = Typ av samtal
logs-facet-agent = Agent

logs-word-client-user = person
logs-word-client-key = API-nyckel
logs-word-client-machine = programmet
logs-word-client-visitor = ej inloggad
logs-word-level-system = systemet
logs-word-level-tenant = kunden
logs-word-level-group = grupp
logs-word-level-user = användare
logs-word-medium-call = samtal
logs-word-medium-chat = chatt
logs-word-medium-email = e-post
logs-any = Alla
logs-find = Sök efter namn
logs-find-help = En del av namn, användarnamn eller adress; inom din räckvidd.
logs-find-nobody = Ingen inom din räckvidd passar. Pröva en kortare del av namnet.
