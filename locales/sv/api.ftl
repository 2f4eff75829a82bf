api-read = Vad API:et gör
api-title = API:et
api-door = Adress
api-does = Vad den gör
api-right = Rättighet som krävs
api-how = En tjänsteanvändares nyckel följer med varje anrop som bearer-token. Vad nyckeln får göra är det mindre av dess räckvidd och användarens rättigheter.
api-document = OpenAPI-dokumentet
