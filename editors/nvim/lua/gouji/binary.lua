-- The server's program: where it is, and what is said where it is missing.
local M = {}

local told = false

--- The command that starts the server; nil where the configuration has a function in its place.
--- @return string[]?
function M.command()
  local cmd = require('gouji.config').current().cmd
  return type(cmd) == 'table' and cmd or nil
end

--- Whether the server can be started. Tells the user once a session where it can not.
--- @return boolean
function M.available()
  local cmd = M.command()
  if not cmd or vim.fn.executable(cmd[1]) == 1 then
    return true
  end
  if not told then
    told = true
    require('gouji.words').notify('missing', vim.log.levels.WARN, cmd[1])
  end
  return false
end

--- Makes the message come again: the user has done something about it.
function M.forget()
  told = false
end

--- Runs the program with other arguments than the server's.
--- @param arguments string[]
--- @return { code: integer, stdout: string, stderr: string }? # nil where it could not be run
function M.run(arguments)
  local cmd = M.command()
  if not cmd or vim.fn.executable(cmd[1]) == 0 then
    return nil
  end
  local ok, process = pcall(vim.system, vim.list_extend({ cmd[1] }, arguments), { text = true, timeout = 5000 })
  return ok and process:wait() or nil
end

--- Runs the program beside the editor, with a text on its standard input.
--- @param arguments string[]
--- @param input string
--- @param done fun(result: { code: integer, stdout: string, stderr: string })
function M.start(arguments, input, done)
  local cmd = assert(M.command())
  vim.system(vim.list_extend({ cmd[1] }, arguments), { stdin = input }, vim.schedule_wrap(done))
end

return M
