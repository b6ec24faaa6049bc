-- Lets a stream that was cut be resumed over WebSocket.
--
-- On resumption mod_smacks gives the old session the new connection, parser and filters, but leaves it its old `data` function,
-- which reads through the filters of the dead connection: WebSocket frames then meet a buffer that may hold half a frame, and a
-- parser that may stand inside a stanza. Reading must move along with the connection.
module:hook("smacks-hibernation-end", function (event)
	local resumed, carrier = event.resumed, event.origin;
	if not carrier.websocket_request then return; end

	resumed.data = carrier.data;
	resumed.websocket_request = carrier.websocket_request;
	resumed.open_stream = carrier.open_stream;
end);
