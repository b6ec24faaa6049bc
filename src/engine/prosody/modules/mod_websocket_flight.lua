-- Lets a client say several things at once, across its sign-in as well.
--
-- When a sign-in succeeds Prosody begins with a new parser, but what stood behind it in the same read still went to the old one: the
-- second stream header is lost to the new parser, which breaks at the next frame. Here each frame is fed by itself. Clients are told
-- that they may count on it (XEP-0305).
module:set_global();

local parse_header = require "net.websocket.frames".parse_header;

module:hook("websocket-session", function (event)
	local session = event.session;
	local feed = session.data;
	-- The beginning of a header that is not whole yet, and how much of the present frame is still to come.
	local held, left = "", 0;

	function session.data(data)
		if not data then return feed(data); end
		data, held = held .. data, "";
		while #data > 0 do
			if left == 0 then
				local header, header_length = parse_header(data);
				if not header then held = data; return; end
				left = header_length + header.length;
			end
			local piece = data:sub(1, left);
			data, left = data:sub(left + 1), left - #piece;
			feed(piece);
		end
	end
end);

function module.add_host(module)
	module:hook("stream-features", function (event)
		if not event.origin.websocket_request then return; end
		event.features:tag("pipelining", { xmlns = "urn:xmpp:features:pipelining" }):up();
	end);
end
