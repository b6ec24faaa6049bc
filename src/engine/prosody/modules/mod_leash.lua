-- Stops the server when its standard input ends: the process that started it is gone, even by SIGKILL.
module:set_global();

local server = require "net.server";

local STANDARD_INPUT = 0;
local watch;

watch = server.watchfd(STANDARD_INPUT, function ()
	if not watch then return; end
	watch:close();
	watch = nil;
	module:log("info", "The process that started this server is gone");
	-- Stopping waits for sessions, so it needs the main coroutine.
	prosody.main_thread:run(function ()
		prosody.shutdown("Parent process ended");
	end);
end);
