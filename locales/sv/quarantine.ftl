# Varför en kontakt ställdes åt sidan i stället för att arkiveras.
quarantine-media-missing = Inspelningen { $name } finns inte bredvid filen. Importera båda tillsammans.
quarantine-media-nowhere = Filen säger inte var inspelningen finns.
quarantine-media-elsewhere = Inspelningen finns bara på { $url }, och ingenting hämtas någon annanstans ifrån. Ladda ner den och importera den tillsammans med filen.
quarantine-media-unreadable = Inspelningen gick inte att läsa till slutet.
quarantine-hash-differs = Inspelningen är inte den som filen talar om: hashsumman stämmer inte. Den kan ha ändrats, konverterats eller förväxlats.
quarantine-hash-unknown = Filen anger en hashsumma av ett slag som inte kan kontrolleras här; SHA-256 och SHA-512 går bra.
quarantine-hash-malformed = Filen anger en hashsumma som inte är någon: den är för lång, för kort eller felskriven.
quarantine-other-version = Arkivet har redan en kontakt med samma id, men filen eller inspelningen är en annan. Ingenting skrevs över.
quarantine-nobody-speaks = Ingen fil talar om den här inspelningen. Importera den tillsammans med sin vCon-fil.
quarantine-file-unreadable = Filen gick inte att läsa. Kontrollera att den finns och får läsas.
