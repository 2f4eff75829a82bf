# Namn på och förklaringar till inställningar och rättigheter: `setting-KEY` och `setting-KEY-help`, punkter som bindestreck.

setting-session-idle_minutes = Sessionen slutar efter vila
setting-session-idle_minutes-help = Räknas från senaste anropet. Den som kommer tillbaka senare loggar in igen.
setting-session-absolute_hours = Sessionen slutar senast
setting-session-absolute_hours-help = Räknas från inloggningen, hur flitigt sessionen än används.
