api-read = What the API does
api-title = The API
api-door = Address
api-does = What it does
api-right = Right it needs
api-how = A service user's key goes with each request as a bearer token. What the key may do is the smaller of its scope and the user's rights.
api-document = The OpenAPI document
