### Det som den läser som sköter maskinen, och var adresser finns.

## Var en adress finns, när den inte är någon plats

place-this-machine = den här maskinen
place-private-network = privat nät
place-shared-by-provider = bakom en leverantörs delade adress
place-no-host = ingen värds adress
# Står på varje sida som visar nät, före de två upphoven, som är länkar.
places-credit = Nät enligt
places-credit-names = DB-IP
places-credit-routes = RouteViews

## Alternativen, som de förklaras av --help, handboken och doctor

config-config = Fil med inställningarna, i TOML.
config-listen = Adress och port där portalen finns.
config-data = Mapp för allt som sparas: databasen, inspelningar och nycklar, om de inte anges någon annanstans.
config-database = PostgreSQL som ska användas, med programmets roll. Annars används SQLite i datamappen.
config-database-owner = PostgreSQL med den roll som äger tabellerna. Används bara av migrate och backup.
config-content = Var inspelningar, utskrifter och bilagor sparas: en mapp, som `file:///srv/innehall`. S3 och andra lager kommer senare; ett annat schema avvisas vid start. Utan värde en mapp i datamappen.
config-master-key-file = Fil med nyckeln som skyddar alla andra nycklar. Annars master.key i datamappen, som skapas vid första starten.
config-master-key = Samma nyckel som text, för maskiner som delar ut hemligheter i miljön.
config-tls-certificate = Certifikatkedja i PEM, serverns eget först. Läses om när filen ändras.
config-tls-key = Certifikatets privata nyckel, i PEM.
config-behind-proxy = Anger att en proxy framför krypterar varje anslutning utifrån. Bara då får okrypterad HTTP lämna maskinen.
config-trusted-proxies = Adresser till de proxyservrar som man litar på om varifrån en begäran kom.
config-proxy-header = Den enda rubrik där de säger det. De måste skriva över eller förlänga den, aldrig skicka den vidare oläst.
config-public-hosts = Värdnamn som portalen nås under. Begäranden till andra namn avvisas; utan några betjänas alla namn.
config-outgoing-hosts = Värdar som webhookar får nå fast de finns på den här maskinen eller i ett privat nät. Alla andra måste finnas på internet.
config-outgoing-roots = Fil (PEM) med certifikatutfärdare som betros utöver de inbyggda när en webhook anropas.
config-handout-folder = Mapp under vilken kunder får få sin boks huvuden utlämnade som filer; handed-out i datamappen om ingen anges.
config-places-country = Fil i MaxMinds format som ersätter den inbyggda databasen över länder.
config-places-network = Fil i MaxMinds format som ersätter den inbyggda databasen över nät.
config-log-format = Loggens form på standard error: text för människor, json för program.
config-log-level = Lägsta nivå som loggas: error, warn, info, debug eller trace; delar av programmet kan skilja sig, som i info,server=debug.
config-metrics-listen = Adress och port där mätvärden finns i Prometheus format, skilt från portalen.
config-metrics-token = Nyckelord som den som läser mätvärden måste visa. Med ett sådant finns /metrics även på portalens adress.
config-body-bytes = En större förfrågan räknas som en uppladdning och får ta längre tid än `request_seconds`. Vanliga sidor har egna, mindre gränser.
config-upload-bytes = Största uppladdning till arkivet: vConer och inspelningar som skickas tillsammans.
config-header-bytes = Största huvud i en begäran.
config-connections = Anslutningar som är öppna samtidigt.
config-connections-per-address = Anslutningar som är öppna samtidigt från en adress som inte är en betrodd proxy.
config-header-seconds = Tid inom vilken huvudet i en begäran ska ha kommit, och en vilande anslutning ska användas igen.
config-idle-seconds = Tid utan en enda byte efter vilken en begäran eller ett svar överges.
config-request-seconds = Tid inom vilken en begäran ska ha besvarats, utom uppladdningar.
config-stop-seconds = Tid som pågående begäranden får när programmet stoppas.
config-hash-slots = Lösenord som prövas samtidigt; vart och ett tar 19 MiB minne och en kärna.
config-hash-queue = Lösenord som väntar på att prövas innan inloggningar ombeds komma tillbaka.

## Vad som är fel i inställningarna, och vad man gör åt det

config-file-unreadable = Filen kan inte läsas: { $cause }. Rätta sökvägen eller behörigheten.
config-file-broken = Rad { $line } är inte TOML: { $cause }.
config-no-tables = Filen har inga avsnitt eller nästlade värden. Skriv alternativet på en egen rad: namn = värde.
config-unknown = Alternativet finns inte. Ta bort det; handboken räknar upp alla.
config-unknown-near = Alternativet finns inte. Menade du { $near }?
config-one-value = Ett enda värde behövs, inte en lista.
config-wrong-socket = ”{ $value }” är ingen adress med port. Skriv som 127.0.0.1:8080 eller [::1]:8080.
config-wrong-yes = ”{ $value }” är varken true eller false.
config-wrong-word = ”{ $value }” är inget av: { $words }.
config-wrong-number = ”{ $value }” är inget heltal från { $least } till { $most }.
config-wrong-content = ”{ $value }” kan inte användas. Skriv en mapp som file:///srv/content; andra lager kommer senare.
config-wrong-host = ”{ $value }” är inget värdnamn. Skriv det utan https:// och utan sökväg.
config-wrong-level = Nivån går inte att förstå. Skriv error, warn, info, debug eller trace, eller delar som i info,server=debug.
config-wrong-network = ”{ $value }” är varken en adress eller ett adressområde. Skriv som 10.0.0.1 eller 10.0.0.0/8.
config-network-bits = ”{ $value }” har bitar satta bortom sitt prefix. Skriv { $meant } om hela området menas.
config-network-everybody = ”{ $value }” skulle låta vem som helst välja sin egen adress. Ange proxyservrarnas egna adresser.
config-plain-http = Lösenord skulle gå okrypterade över nätet till { $value }. Ange tls_certificate och tls_key, eller behind_proxy om en proxy framför krypterar, eller lyssna på 127.0.0.1.
config-tls-both = Certifikat och nyckel hör ihop. Ange båda eller ingen.
config-proxy-which = Ange adresserna till proxyservrarna framför, annars loggas varje besökare med proxyns adress.
config-proxy-unstated = Betrodda proxyservrar är angivna, men varken behind_proxy eller ett certifikat. Ange behind_proxy om de krypterar, eller ta bort dem.
config-database-scheme = Databasen anges som postgres://användare:lösenord@värd/namn. För SQLite anges ingen; den ligger i datamappen.
config-database-both = Ägarens databas är angiven men inte programmets. Ange båda eller ingen.
config-key-twice = Huvudnyckeln är angiven två gånger, som text och som fil. Behåll en.
config-token-short = Nyckelordet är för kort för att vara hemligt. Använd minst { $least } tecken.
config-metrics-open = Mätvärdena skulle vara öppna mot nätet. Ange metrics_token, eller en adress som bara den här maskinen når.
config-metrics-same = Mätvärdena har en egen adress; den här är portalens. Välj en annan port, eller ange metrics_token och ingen adress.

## Huvudnyckeln

keys-missing = Huvudnyckeln { $file } saknas, men det finns data som bara den kan öppna. Lägg tillbaka din kopia av den. En ny nyckel hjälper inte.
keys-too-open = Huvudnyckeln { $file } kan läsas eller ändras av andra på den här maskinen. Kör chmod 600 på den, och fundera på vem som kan ha läst den.
keys-unreadable = Huvudnyckeln { $file } kan inte läsas eller skapas: { $cause }. Rätta sökvägen eller behörigheten.
keys-broken = { $file } innehåller ingen huvudnyckel som går att läsa: { $cause }. Lägg tillbaka din kopia av den.
keys-clock = Maskinens klocka visar ingen möjlig dag. Ställ den och starta igen.

## doctor

doctor-good = bra
doctor-warning = se upp
doctor-bad = fel
doctor-all-good = Allt är bra.
doctor-all-warning = Programmet kan köras. Ta hand om det som kräver uppmärksamhet.
doctor-all-bad = Programmet kan inte köras så här. Avhjälp varje fel och kör doctor igen.

doctor-check-config = Inställningar
doctor-check-clock = Klocka
doctor-check-data = Datamapp
doctor-check-space = Ledigt utrymme
doctor-check-lock = Används
doctor-check-files = Öppna filer
doctor-check-heads = Sparade huvuden
doctor-check-key = Huvudnyckel
doctor-check-tls = Certifikat
doctor-check-places = Platser
doctor-check-database = Databas
doctor-check-link = Förbindelse med databasen

doctor-config-good = Fullständiga och motsägelsefria.
doctor-clock-good = Klockan är { $now }.
doctor-clock-behind = Klockan är { $now }, men något här skrevs { $before }. Ställ klockan, helst med en tidsserver.
doctor-data-good = Det går att skriva i { $folder }.
doctor-data-new = { $folder } finns inte än. Den skapas vid första starten.
doctor-data-file = { $folder } är en fil, inte en mapp. Ange en annan med --data.
doctor-data-closed = Det går inte att skriva i { $folder }: { $cause }. Ge programmets konto rätt att göra det.
doctor-data-open = { $folder } är öppen för alla på den här maskinen. Kör chmod 750 på den.
doctor-space-good = { $bytes } ledigt.
doctor-space-little = Bara { $bytes } ledigt. Inspelningar fyller det snart; skapa utrymme eller flytta datamappen.
doctor-link-checked = Krypterad, och PostgreSQL:s certifikat kontrolleras
doctor-link-encrypted = Krypterad, och lämnar inte den här maskinen
doctor-link-unchecked = Krypterad, men vem som helst på vägen kan svara i stället för PostgreSQL. Lägg till sslmode=verify-full och sslrootcert=FIL i databasens URL.
doctor-link-here = Inte krypterad, och lämnar inte den här maskinen
doctor-link-plain = Inte krypterad: den som finns på vägen till PostgreSQL läser allt. Slå på TLS där och lägg till sslmode=verify-full och sslrootcert=FIL i databasens URL.
doctor-space-bad = Bara { $bytes } ledigt. Skapa utrymme före start: när inget kan skrivas kan ingen logga in.
doctor-lock-free = Ingen server körs på datamappen.
doctor-lock-used = En server körs på datamappen.
doctor-files-good = { $may } får vara öppna, { $wanted } räcker.
doctor-files-few = Bara { $may } får vara öppna, men { $wanted } behövs för alla anslutningar. Höj gränsen (LimitNOFILE, ulimit -n) eller sänk connections.
doctor-heads-good = { $n ->
    [0] Inga än.
    [one] En kunds senaste huvud är sparat.
   *[other] { $n } kunders senaste huvuden är sparade.
}
doctor-heads-missing = { $file } saknas, så om en bok rullas tillbaka nu märks det inte här. Servern skriver filen på nytt ur databasen när den körs; jämför med ett huvud som kunden har sparat.
doctor-heads-unreadable = { $file } är inget huvud. Servern lägger den åt sidan och skriver den på nytt ur databasen när den körs, om boken går vidare därifrån; jämför med ett huvud som kunden har sparat.
doctor-key-good = { $file } innehåller nyckeln { $id }. Se till att en kopia finns någon annanstans.
doctor-key-new = { $file } skapas vid första starten. Spara då en kopia någon annanstans.
doctor-key-maybe = { $file } finns inte. Den skapas vid första starten mot en tom databas; för en som används, lägg tillbaka din kopia.
doctor-tls-good = { $file } gäller till { $day }.
doctor-tls-ends = { $file } går ut { $day }. Förnya det; programmet tar det nya utan omstart.
doctor-tls-ended = { $file } gick ut { $day }. Webbläsare vägrar det. Förnya det; programmet tar det nya utan omstart.
doctor-tls-endless = { $file } passar sin nyckel, men säger inte läsbart när det går ut.
doctor-tls-bad = { $file } kan inte användas: { $cause }.
doctor-tls-proxy = Inget; den angivna proxyn krypterar.
doctor-tls-loopback = Inget; bara den här maskinen kan ansluta.
doctor-places-good = Länder och nät per den { $day }.
doctor-places-old = Länder och nät är från { $day }. Uppdatera programmet, eller ange nyare filer med places_country och places_network.
doctor-places-bad = En fil med platser kan inte läsas: { $cause }. Rätta eller ta bort places_country eller places_network.
doctor-database-good = Databasen svarar.
doctor-database-bad = Databasen svarar inte: { $cause }.

## Tabellen över alternativ i handboken

config-column-option = alternativ
config-column-form = form
config-column-default = förval
config-column-meaning = vad det gör
config-default-cores = antalet kärnor
config-form-socket = adress och port
config-form-path = sökväg
config-form-url = URL
config-form-text = text
config-form-hosts = lista med värdnamn
config-form-networks = lista med adresser eller adressområden
