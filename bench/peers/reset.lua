-- For wrk: one password is set, over and over. `wrk … -- REQUEST`, where the file REQUEST holds the value of the header Authorization in its
-- first line, and the form in its second. Replies are not looked at: whoever starts this counts what really changed.

function init(arguments)
  local request = assert(io.open(arguments[1]))
  wrk.method = "POST"
  wrk.headers["Authorization"] = request:read("*l")
  wrk.headers["Accept"] = "application/json"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.body = request:read("*l")
  request:close()
end
