# Varför en inspelning inte togs emot.
audio-not-sound = Det här är ingen ljudfil som går att läsa här: den börjar inte som WAV, MP3, Ogg eller FLAC. Rena ljuddata utan filhuvud måste konverteras först.
audio-unknown-codec = Ljudet är lagrat på ett sätt som inte är känt här. Konvertera det till WAV, MP3, Ogg Vorbis eller FLAC.
audio-file-too-large = Inspelningen är större än { $limit } MB.
audio-too-long = Inspelningen är längre än { $limit } timmar.
audio-unusual-shape = Inspelningen har ett ovanligt antal kanaler eller en ovanlig samplingsfrekvens, eller byter den under vägen.
audio-cut-off = Inspelningen är avhuggen: { $present } av { $stated } sekunder finns. Hämta den på nytt från systemet den kommer från.
audio-damaged = Inspelningen är skadad och går inte att avkoda. Hämta den på nytt från systemet den kommer från.
audio-silent = Det finns inget ljud i inspelningen, inte ens tystnad.
