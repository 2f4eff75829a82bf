# What can go wrong below the pages: said by the kernel, shown at a field or on an error page.

error-json = The body is not the JSON that is expected here: { $detail }
error-field-required = Fill this in.
error-field-too-long = Use at most { $most } characters.
error-field-control-characters = Take out the control characters; they cannot be stored.
error-field-form = This is not in the right form.
error-stopping = Vaktbok is stopping. Nothing was changed; try again in a minute.
error-overloaded = Too much is going on just now. Nothing was changed; try again in a minute.
error-folder-in-use = The folder { $folder } is in use by another Vaktbok. Stop that one first.
error-exists-already = There is one like that already. Choose another name or number.
error-too-slow = This takes too long just now, so it was given up. Nothing was changed; ask for less, or try again in a minute.
error-book-unwritable = What you asked for must leave an entry in the book, and the book cannot be written now. Nothing was changed; try again in a minute.
error-body-too-large = Send at most { $bytes } at a time.
error-body-encoded = Send the body as it is, without Content-Encoding: compressed bodies are not read here.
error-entry-too-large = This change says too much for one entry of the book. Do it in smaller parts.
error-idempotency-file = This door gives a file, and each time it does is an entry of its own: ask without Idempotency-Key.
error-idempotency-key = The header Idempotency-Key holds 1 to 100 visible ASCII characters.
error-idempotency-lost = With this Idempotency-Key a request was carried out, or still is; its answer is not known. Read what it changed before you ask under a new key.
error-idempotency-other-body = This Idempotency-Key came with another request before. Use a new key for a new request.
error-idempotency-repeated = This was done already. Ask again to read the answer.
error-field-unknown = This field is not taken here. The document of the API names those that are.
error-field-twice = This field stands twice. Send it once.
error-storage-full = There is no room left to store this. Nothing was changed; try again when whoever runs the server has made room.
error-schema-newer = The data was written by a newer Vaktbok (schema { $file }). Use that program, or a later one.
error-schema-differs = The data was written by another Vaktbok: its schema { $file } is not the one of this program. Use the program that wrote the data.
error-schema-missing = The schema { $file } is not applied yet. Run `vaktbok migrate` with the owner’s URL of the database.
