# Vad som kan gå fel under sidorna: sägs av kärnan, visas vid ett fält eller på en felsida.

error-json = Innehållet är inte den JSON som väntas här: { $detail }
error-field-required = Fyll i det här.
error-field-too-long = Använd högst { $most } tecken.
error-field-control-characters = Ta bort styrtecknen; de kan inte sparas.
error-field-form = Det här har inte rätt form.
error-stopping = Vaktbok stängs av. Inget ändrades; försök igen om en minut.
error-overloaded = Det är för mycket på gång just nu. Inget ändrades; försök igen om en minut.
error-folder-in-use = Mappen { $folder } används av en annan Vaktbok. Stoppa den först.
error-exists-already = Det finns redan en sådan. Välj ett annat namn eller nummer.
error-too-slow = Det här tar för lång tid just nu och avbröts. Inget ändrades; be om mindre, eller försök igen om en minut.
error-book-unwritable = Det du bad om måste lämna en anteckning i boken, och boken kan inte skrivas just nu. Inget ändrades; försök igen om en minut.
error-body-too-large = Skicka högst { $bytes } åt gången.
error-body-encoded = Skicka innehållet som det är, utan Content-Encoding: komprimerat innehåll läses inte här.
error-entry-too-large = Den här ändringen säger för mycket för en post i boken. Gör den i mindre delar.
error-idempotency-file = Här hämtas en fil, och varje hämtning är en egen post: fråga utan Idempotency-Key.
error-idempotency-key = Huvudet Idempotency-Key har 1 till 100 synliga ASCII-tecken.
error-idempotency-lost = Med denna Idempotency-Key har en begäran utförts, eller utförs ännu; dess svar är inte känt. Läs vad den ändrade innan du frågar med en ny nyckel.
error-idempotency-other-body = Samma Idempotency-Key kom tidigare med en annan begäran. Använd en ny nyckel för en ny begäran.
error-idempotency-repeated = Det är redan gjort. Fråga igen för att läsa svaret.
error-field-unknown = Det här fältet tas inte emot här. I API:ets dokument står de som gör det.
error-field-twice = Det här fältet står två gånger. Skicka det en gång.
error-storage-full = Det finns inget utrymme kvar att spara det här i. Inget ändrades; försök igen när den som driver servern har gett plats.
error-schema-newer = Data skrevs av en nyare Vaktbok (schema { $file }). Använd det programmet, eller ett senare.
error-schema-differs = Data skrevs av en annan Vaktbok: dess schema { $file } är inte det här programmets. Använd programmet som skrev data.
error-schema-missing = Schemat { $file } är inte infört ännu. Kör `vaktbok migrate` med databasägarens URL.
