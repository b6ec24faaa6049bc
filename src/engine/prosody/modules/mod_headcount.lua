-- Answers, at an unguessable path on loopback, that the server is up and how many sessions it holds.
local json = require "util.json";

module:depends("http");

local sessions = prosody.full_sessions;

local function count()
	local held, connected = 0, 0;
	for _, session in pairs(sessions) do
		held = held + 1;
		if session.conn then connected = connected + 1; end
	end
	return held, connected;
end

module:provides("http", {
	route = {
		GET = function (event)
			local held, connected = count();
			event.response.headers.content_type = "application/json";
			return json.encode({ sessions = held, connected = connected });
		end;
	};
});
