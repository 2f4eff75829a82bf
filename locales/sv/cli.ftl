# Kommandoraden.

cli = Administration, arkiv och revision för ett kontaktcenter.
cli-serve = Kör portalen.
cli-tenant = Kunder på plattformen.
cli-tenant-add = Lägg till en kund; skriver ut länken där den första administratören väljer lösenord. Den fungerar en gång, i 30 minuter.
cli-tenant-list = Lista kunderna.
cli-user = En kunds användare.
cli-user-link = Skriv ut en länk där en användare väljer ett nytt lösenord. Den fungerar en gång, i 30 minuter.
cli-key = Nycklar som program använder API:et med.
cli-key-add = Skapa en nyckel och skriv ut den. Den visas bara denna gång.
cli-migrate = Uppdatera databasens schema.
cli-doctor = Undersök om maskinen kan köra programmet så som det är konfigurerat.

cli-arg-number = Kundnummer, från 1.
cli-arg-name = Namn.
cli-arg-language = Språk för dem som inte har valt något: sv eller en.
cli-arg-zone = Tidszon med sitt namn i tz-databasen.
cli-arg-host = Värdnamn där kunden loggar in utan kundnummer.
cli-arg-administrator = Den första administratörens användarnamn.
cli-arg-json = Svara i JSON.
cli-arg-tenant = Kundnummer.
cli-arg-user = Användarnamn eller e-postadress.
cli-arg-owner = Den person som ansvarar för nyckeln: användarnamn eller e-postadress.
cli-arg-scope = Rättigheter som nyckeln öppnar, till exempel users.view; eller all, för alla ägarens rättigheter.
cli-arg-service = Tjänsteanvändaren som agerar med nyckeln. Utelämnas den skapas en ny med just dessa rättigheter.
cli-arg-days = Dagar tills nyckeln upphör.
cli-arg-role = Programmets roll i PostgreSQL, som får sina rättigheter och inte äger något.
cli-arg-config = Fil med konfigurationen, i TOML.

cli-listening = Vaktbok lyssnar på { $address }
cli-tenant-added = Kund { $number } är klar. Med länken ovan väljer den första administratören lösenord; den fungerar en gång, i 30 minuter.
cli-tenant-half = Kund { $number } blev inte klar. Ge samma kommando igen.
cli-key-made = Spara nyckeln ovan nu: den visas inte igen. Den upphör { $until }.
cli-migrate-needs-role = Ange programmets roll: --role NAMN.
cli-migrate-nothing = Schemat är uppdaterat.
cli-database-answers = PostgreSQL svarar och schemat finns
cli-database-does-not = PostgreSQL går inte att använda: { $cause }

cli-bad-name = 1 till 200 tecken, inga styrtecken.
cli-bad-zone = Tidszonen finns inte. Skriv den som i Europe/Stockholm.
cli-bad-host = Inget värdnamn. Skriv det som i centralen.example.se.
cli-no-such-tenant = Det finns ingen kund { $number }.
cli-no-such-user = Det finns ingen användare { $name }.
cli-no-such-right = Det finns ingen rättighet { $right }. Inställningssidan listar dem.
cli-not-found = Det finns inte.
cli-not-allowed = Det är inte tillåtet.
cli-broken = Det gick inte: { $cause }
cli-not-through-a-server = Det här kommandot går inte genom en server som är igång.
cli-server-does-not-answer = En server har datamappen öppen men svarar inte: { $cause }

# The demo, and bringing in.
cli-demo = En portal med två kunder och nittio dagar bakom sig, att titta på.
cli-arg-interactions = En mapp med vCon-filer att visa i stället för exemplen i programmet.
cli-demo-ready = Färdiga att logga in (kundnummer, kund, roll, användarnamn, lösenord). Lösenorden visas bara denna gång:
cli-demo-again = Mappen fylldes förut: lösenorden visades då.
cli-demo-brought = { $tenant }: { $imported } interaktioner ur mappen ligger i arkivet och { $aside } är avskilda; { $agents } agenter som nämns i dem är användare här. Var och en har flyttats till en av de senaste nittio dagarna, och fått en kö om den inte angav någon.
demo-role-administrator = administratör
demo-role-supervisor = gruppledare
demo-role-agent = agent
demo-role-auditor = revisor
demo-reason-complaint = Klagomål från kunden
demo-reason-coaching = Samtal om utveckling med agenten
demo-reason-sample = Veckans kvalitetsprov
demo-reason-dispute = Kunden bestrider vad som avtalades
demo-reason-holiday = Semester
demo-reason-moved = Flyttad dit samtalen kommer in
demo-reason-sprayed = Någon provade kontot i natt
demo-reason-left = Har slutat
cli-import = För in samtal i en kunds arkiv.
cli-import-vcon = För in vCon-filer och inspelningarna bredvid dem.
cli-arg-files = vCon-filer, eller mappar med sådana.
cli-import-imported = infört
cli-import-unchanged = oförändrat
cli-import-aside = undantaget
cli-import-summary = { $imported } införda, { $unchanged } oförändrade, { $aside } undantagna
