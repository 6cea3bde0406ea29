-- The clients of the server: started for buffers, stopped, started again after a crash.
local binary = require('gouji.binary')
local config = require('gouji.config')
local remembered = require('gouji.remembered')
local wanted = require('gouji.wanted')
local words = require('gouji.words')

local M = {}

local RESTARTS, MINUTES = 3, 3
local GRACE = 1000 -- ms for a server to end by itself

-- Clients got methods in 0.11. In 0.10 their functions know the client and would take it for the first argument.
local function call(client, name, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[name](client, ...)
  end
  return client[name](...)
end

--- The clients of a buffer, or all.
--- @param bufnr? integer
function M.clients(bufnr)
  return vim.lsp.get_clients({ name = 'gouji', bufnr = bufnr })
end

--- Sends a request for a buffer.
--- @param method string
--- @param handler fun(err: table?, result: any)
function M.request(client, method, params, handler, bufnr)
  call(client, 'request', method, params, handler, bufnr)
end

-- The clients that were told to stop. Neovim 0.10 would go on giving them buffers until they are gone.
local stopped = {}

--- Whether a client may take another buffer: one server for each folder.
function M.reusable(client, new)
  return client.name == new.name
    and client.config.root_dir == new.root_dir
    and not stopped[client.id]
    and not call(client, 'is_stopped')
end

--- Attaches a buffer, whatever its file.
--- @param bufnr integer
function M.start(bufnr)
  if not binary.available() then
    return nil
  end
  local new = vim.deepcopy(config.current())
  if type(new.root_dir) ~= 'string' then
    new.root_dir = wanted.root(bufnr)
  end
  return vim.lsp.start(new, { bufnr = bufnr, reuse_client = new.reuse_client })
end

local function detach(client, bufnr)
  vim.lsp.buf_detach_client(bufnr, client.id)
  -- Neovim 0.10 leaves the findings standing.
  vim.diagnostic.reset(vim.lsp.diagnostic.get_namespace(client.id), bufnr)
end

local function stop(client)
  stopped[client.id] = true
  call(client, 'stop')
  vim.defer_fn(function()
    if not client.rpc.is_closing() then
      client.rpc.terminate()
    end
  end, GRACE)
end

--- Whether files are attached without being asked for.
function M.enabled()
  if vim.lsp.is_enabled then
    return vim.lsp.is_enabled('gouji')
  end
  return vim.g.gouji_enabled ~= false
end

local function listed(bufnr)
  return vim.tbl_contains(config.current().filetypes, vim.bo[bufnr].filetype)
end

--- Whether a buffer is to be attached without being asked for: its filetype is one of the server's and its file is wanted, or the
--- user asked for the file in an earlier session, or it is the `gouji.toml` of a folder.
local function due(bufnr)
  if not M.enabled() then
    return false
  end
  return listed(bufnr) and wanted.reason(bufnr) ~= nil or wanted.asked(bufnr) or wanted.marker(bufnr)
end

--- Looks at a buffer that got its file or its filetype.
--- @param bufnr integer
function M.consider(bufnr)
  if not due(bufnr) or not binary.available() then
    return
  end
  if vim.lsp.enable and listed(bufnr) then
    return -- Neovim starts the server by itself
  end
  -- Later than Neovim's own handler of the same event, which detaches filetypes that are not listed.
  vim.schedule(function()
    if vim.api.nvim_buf_is_valid(bufnr) then
      M.start(bufnr)
    end
  end)
end

function M.consider_all()
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) then
      M.consider(bufnr)
    end
  end
end

--- @param bufnr integer
function M.attach(bufnr)
  local path = wanted.path(bufnr)
  if not path then
    return words.notify('unnamed', vim.log.levels.WARN)
  end
  remembered.set(path, 'attach')
  if M.start(bufnr) then
    words.notify('attached')
  end
end

--- @param bufnr integer
function M.detach(bufnr)
  local path = wanted.path(bufnr)
  if not path then
    return words.notify('unnamed', vim.log.levels.WARN)
  end
  remembered.set(path, 'detach')
  for _, client in ipairs(M.clients(bufnr)) do
    detach(client, bufnr)
    if next(client.attached_buffers) == nil then
      stop(client)
    end
  end
  words.notify('detached')
end

--- Sends the settings in force to all servers.
function M.send_settings()
  for _, client in ipairs(M.clients()) do
    client.settings = vim.deepcopy(config.current().settings)
    client.config.settings = client.settings
    call(client, 'notify', 'workspace/didChangeConfiguration', { settings = client.settings })
  end
end

-- When servers were started again by themselves, in ms.
local restarts = {}

-- Whether one more restart is within the bound; notes it if so.
local function may_restart()
  local now = vim.uv.now()
  restarts = vim.tbl_filter(function(time)
    return now - time < MINUTES * 60 * 1000
  end, restarts)
  if #restarts == RESTARTS then
    return false
  end
  table.insert(restarts, now)
  return true
end

--- A server has ended. One that was killed or crashed is started again, but not for ever. Neovim itself tells the user of it.
--- @param code integer
--- @param signal integer
--- @param client_id integer
function M.exited(code, signal, client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  local normal = code == 0 and (signal == 0 or signal == 15)
  if normal or stopped[client_id] or not (client and client.initialized) then
    return
  end
  local buffers = vim.tbl_keys(client.attached_buffers)
  vim.schedule(function()
    if vim.v.exiting ~= vim.NIL then
      return
    end
    if not may_restart() then
      return words.notify('given_up', vim.log.levels.WARN)
    end
    for _, bufnr in ipairs(buffers) do
      if vim.api.nvim_buf_is_loaded(bufnr) then
        M.start(bufnr)
      end
    end
  end)
end

--- Stops every server and starts others for the buffers they had and for those that are wanted.
function M.restart()
  restarts = {}
  binary.forget()
  local buffers = {}
  for _, client in ipairs(M.clients()) do
    for _, bufnr in ipairs(vim.tbl_keys(client.attached_buffers)) do
      buffers[bufnr] = true
      detach(client, bufnr)
    end
    stop(client)
  end
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and (buffers[bufnr] or due(bufnr)) then
      M.start(bufnr)
    end
  end
end

return M
