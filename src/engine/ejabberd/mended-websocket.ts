// One function of ejabberd's WebSocket, mended while the node starts.
//
// The process that frames stanzas hands each text to the one that owns the TCP socket and waits for its word. Where that one has just ended,
// because the line was cut, 23.01 waits for ever: the person's session believes its stream alive, spends 15 seconds on every stanza it has for
// it, and archives what comes behind only then. Here the death of the socket's owner is an answer too; the session then waits to be resumed.
const MENDED = `
route_text(Pid, Data) ->
  Watch = erlang:monitor(process, Pid),
  Pid ! {text_with_reply, Data, self()},
  receive
    {text_reply, Pid} -> erlang:demonitor(Watch, [flush]), ok;
    {'DOWN', Watch, process, Pid, _} -> ok
  end.`;

/** Packages carry their modules' source in abstract form. A module without it stays as it is, and the log says so. */
export const MEND_WEBSOCKET: string = `
try
  {ok, {Module, [{abstract_code, {_, Forms}}]}} = beam_lib:chunks(code:which(ejabberd_http_ws), [abstract_code]),
  {ok, Tokens, _} = erl_scan:string(${JSON.stringify(MENDED)}),
  {ok, Mended} = erl_parse:parse_form(Tokens),
  Replaced = [case Form of {function, _, route_text, 2, _} -> Mended; _ -> Form end || Form <- Forms],
  {ok, Module, Beam} = compile:forms(Replaced, []),
  {module, Module} = code:load_binary(Module, "mended", Beam)
catch _:Reason -> io:format("ejabberd_http_ws stays as it is: ~p~n", [Reason])
end.`;
