-- One disk flush per message would set the pace of the whole server. With a write-ahead log (switched on in the file itself) and
-- this, a killed process loses nothing; a power cut may lose the last moments, never the database.
local storage = require "core.storagemanager";

local function relax(engine)
	local connection = engine.conn;
	-- The level cannot change inside a transaction, and the driver keeps one open unless told to commit by itself.
	connection:commit();
	connection:autocommit(true);
	assert(connection:prepare("PRAGMA synchronous=NORMAL")):execute();
	connection:autocommit(false);
end

storage.open(module.host, "accounts"); -- makes the storage driver build its engine

for _, engine in pairs(module:shared("/*/sql/connections")) do
	if not engine.warbler_paced then
		engine.warbler_paced = true;
		if engine.conn then relax(engine); end
		local connected = engine.onconnect;
		function engine:onconnect()
			local ok, err = connected(self);
			if ok ~= false then relax(self); end
			return ok, err;
		end
	end
end
