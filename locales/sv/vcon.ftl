# Vad som kan vara fel i en vCon-fil. $at är platsen i den, till exempel dialog[2].start.
vcon-not-json = Det här är ingen vCon-fil: rad { $line }, tecken { $column } är inte giltig JSON. Exportera den på nytt från systemet den kommer från.
vcon-file-too-large = Filen är större än { $limit } MB. Lägg inspelningen i en egen fil bredvid vCon-filen.
vcon-too-deep = Filen har listor och objekt i fler än { $limit } nivåer.
vcon-too-many-values = Filen har fler än { $limit } värden. Dela upp den på flera kontakter.
vcon-signed-or-encrypted = vCon-filen är signerad eller krypterad som helhet. Öppna den först och importera den vCon som ligger inuti.
vcon-absent = { $at } saknas.
vcon-wrong-kind = { $at } ska vara { $expected ->
    [text] en text
    [number] ett tal
    [position] en deltagares plats: 0, 1, 2 …
    [list] en lista
   *[object] ett objekt
  }.
vcon-too-many = { $at ->
    [dialog] Det finns fler än { $limit } dialoger.
   *[other] { $at } har fler än { $limit } poster.
  }
vcon-too-long = { $at } är längre än { $limit } tecken.
vcon-not-an-id = { $at } är inget UUID, så kontakten skulle inte kunna kännas igen.
vcon-not-a-time = { $at } är ingen tidpunkt, till exempel 2026-03-06T15:30:00+01:00.
vcon-time-out-of-range = { $at } ligger före 1970 eller efter 2099.
vcon-no-time = Filen säger inte när kontakten ägde rum.
vcon-duration-out-of-range = { $at } är negativ eller längre än en vecka.
vcon-no-such-party = { $at } anger en deltagare som inte finns i listan över deltagare.
vcon-unsafe-file-name = { $at } måste vara bara namnet på en fil bredvid vCon-filen, utan mappar.
vcon-not-decodable = { $at } går inte att avkoda: det är varken base64 eller base64url, eller inte text där text väntades.
vcon-unknown-encoding = { $at } har en kodning som inte är känd.
