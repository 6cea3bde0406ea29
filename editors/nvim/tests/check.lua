-- The helper of the specs: cases, waiting, fixtures, and what the user sees.
local M = {}

local LIMIT = 10000 -- ms; nothing waits that long unless it fails
local tests = vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2)))
local cases, folder = {}, nil

M.repository = vim.fs.normalize(tests .. '/../../..')
M.plugin = vim.fs.dirname(tests)

-- Cases -------------------------------------------------------------------------------------------------------------------------

--- @param name string a sentence
--- @param body fun()
function M.case(name, body)
  table.insert(cases, { name = name, body = body })
end

--- What `vim.notify` was called with in the present case, Neovim's own notices included.
M.notices = {}
vim.notify = function(text, level)
  table.insert(M.notices, { text = text, level = level })
end

-- How often findings were set, by buffer: an empty list is told apart from none.
local published = {}
vim.api.nvim_create_autocmd('DiagnosticChanged', {
  callback = function(event)
    published[event.buf] = (published[event.buf] or 0) + 1
  end,
})

local path = vim.env.PATH

local function tidy()
  vim.env.PATH = path
  for _, client in ipairs(vim.lsp.get_clients({ name = 'gouji' })) do
    vim.lsp.stop_client(client.id)
  end
  vim.cmd('silent! %bwipeout!')
  M.wait('the servers to end', function()
    return #vim.lsp.get_clients({ name = 'gouji' }) == 0
  end)
  vim.cmd('messages clear')
end

local function run_case(index, case)
  folder = ('%s/%d'):format(vim.env.GOUJI_TEST_FILES, index)
  vim.fn.mkdir(folder, 'p')
  M.notices = {}
  published = {}
  local ok, err = xpcall(case.body, debug.traceback)
  local messages = vim.fn.execute('messages')
  if ok and messages:find('stack traceback') then
    ok, err = false, messages
  end
  if not ok then
    err = ('%s\nnotices: %s'):format(err, vim.inspect(M.notices))
  end
  local tidied, why = pcall(tidy)
  if ok and not tidied then
    ok, err = false, why
  end
  io.stdout:write((ok and 'ok   ' or 'FAIL '), case.name, '\n')
  if not ok then
    io.stdout:write('     ', (tostring(err):gsub('\n', '\n     ')), '\n')
  end
  io.stdout:flush()
end

--- Runs the cases of a spec and leaves Neovim.
--- @param spec string
function M.run(spec)
  local ok, err = pcall(dofile, spec)
  if ok then
    for index, case in ipairs(cases) do
      run_case(index, case)
    end
    io.stdout:write('end\n')
  else
    io.stdout:write('FAIL ', err, '\n')
  end
  io.stdout:flush()
  vim.cmd('qall!')
end

-- Assertions ------------------------------------------------------------------------------------------------------------------

--- @param actual any
--- @param expected any
function M.equal(actual, expected)
  if not vim.deep_equal(actual, expected) then
    error(('expected %s\ngot %s'):format(vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

--- @param text string
--- @param part string
function M.contains(text, part)
  if not text:find(part, 1, true) then
    error(('expected %q in\n%s'):format(part, text), 2)
  end
end

--- Waits until a condition holds, and returns what it returned.
--- @generic T
--- @param what string
--- @param condition fun(): T?
--- @return T
function M.wait(what, condition)
  local value
  local held = vim.wait(LIMIT, function()
    value = condition()
    return value
  end, 5)
  if not held then
    error('waited in vain for ' .. what, 2)
  end
  return value
end

-- Files -----------------------------------------------------------------------------------------------------------------------

--- @param path string below `fixtures`
function M.fixture(path)
  local file = assert(io.open(M.repository .. '/fixtures/' .. path))
  local text = file:read('*a')
  file:close()
  return text
end

--- Writes a file into the folder of the present case.
--- @param name string
--- @param text string
--- @return string path
function M.file(name, text)
  local path = folder .. '/' .. name
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
  return path
end

--- Opens a file as `:edit` does.
--- @param path string
--- @return integer bufnr
function M.open(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

--- Opens a copy of a disclosure under another name and waits for its findings (there may be none).
--- @param fixture string
--- @param name string
--- @return integer bufnr
function M.open_fixture(fixture, name)
  local bufnr = M.open(M.file(name, M.fixture(fixture)))
  M.judged(bufnr)
  return bufnr
end

--- Waits until the server has spoken of a disclosure. Of other files it never speaks.
--- @param bufnr integer
function M.judged(bufnr)
  M.wait('findings, or word that there are none', function()
    return published[bufnr]
  end)
end

-- What the user sees ----------------------------------------------------------------------------------------------------------

--- @param bufnr integer
function M.client(bufnr)
  return vim.lsp.get_clients({ name = 'gouji', bufnr = bufnr })[1]
end

--- Waits until a server is attached to a buffer.
--- @param bufnr integer
function M.attached(bufnr)
  return M.wait('a server', function()
    local client = M.client(bufnr)
    return client and client.initialized and client
  end)
end

--- @param bufnr integer
function M.text(bufnr)
  return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n')
end

--- @param bufnr integer
--- @param row integer from 1
function M.line(bufnr, row)
  return vim.api.nvim_buf_get_lines(bufnr, row - 1, row, false)[1]
end

--- The text of a diagnostic's or extmark's range, which must lie in one line.
function M.at(bufnr, row, from, to)
  return M.line(bufnr, row):sub(from + 1, to)
end

--- The findings of a buffer as the user sees them, sorted: row from 1, columns in bytes from 0.
--- @param bufnr integer
function M.findings(bufnr)
  local findings = vim.tbl_map(function(finding)
    return {
      row = finding.lnum + 1,
      from = finding.col,
      to = finding.end_col,
      severity = finding.severity,
      code = finding.code,
      message = finding.message,
    }
  end, vim.diagnostic.get(bufnr))
  table.sort(findings, function(a, b)
    return vim.inspect({ a.row, a.from, a.code, a.message }) < vim.inspect({ b.row, b.from, b.code, b.message })
  end)
  return findings
end

--- The codes of a buffer's findings, from top to bottom.
--- @param bufnr integer
function M.codes(bufnr)
  local findings = vim.diagnostic.get(bufnr)
  table.sort(findings, function(a, b)
    return a.lnum < b.lnum
  end)
  return vim.tbl_map(function(finding)
    return finding.code
  end, findings)
end

--- Waits until the findings of a buffer have exactly these codes.
--- @param bufnr integer
--- @param codes string[]
function M.await_codes(bufnr, codes)
  M.wait('the findings ' .. table.concat(codes, ' '), function()
    return vim.deep_equal(M.codes(bufnr), codes)
  end)
end

--- Types keys as a person does.
--- @param keys string
function M.type(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'xt', false)
end

--- Changes the settings as a configuration file does, in the way of this Neovim.
--- @param settings table
function M.configure_at_start(settings)
  if vim.lsp.config then
    vim.lsp.config('gouji', { settings = { gouji = settings } })
  else
    require('gouji').setup({ settings = { gouji = settings } })
  end
end

--- The process ids of the servers this Neovim started.
--- @return integer[]
function M.servers()
  return vim.tbl_filter(function(pid)
    local process = vim.api.nvim_get_proc(pid)
    return process and process.name == 'gouji'
  end, vim.api.nvim_get_proc_children(vim.uv.os_getpid()))
end

-- Other Neovims ---------------------------------------------------------------------------------------------------------------

--- Runs another Neovim of this version with the same user's folders; it runs `script` when it has started.
--- @param script string Lua, in which `check` is this module; what it passes to `report` is returned
--- @param options? { init?: string, arguments?: string[], env?: table<string, string> }
--- @return string
function M.another(script, options)
  options = options or {}
  local path = M.file('another.lua', ([[
    vim.schedule(function()
      package.path = %q .. '/?.lua;' .. package.path
      local check = require('check')
      local function report(text) io.stdout:write(text) io.stdout:flush() end
      local ok, err = xpcall(function() %s end, debug.traceback)
      if not ok then report(err) end
      vim.cmd('qall!')
    end)
  ]]):format(tests, script))
  local command = vim.split(vim.trim(vim.env.GOUJI_TEST_NVIM), '\n')
  vim.list_extend(command, { '--headless', '-u', options.init or tests .. '/init.lua' })
  vim.list_extend(command, options.arguments or {})
  vim.list_extend(command, { '-c', 'luafile ' .. path })
  local result = vim.system(command, { text = true, timeout = 20000, env = options.env }):wait()
  return result.stdout .. (result.code == 0 and '' or result.stderr)
end

return M
