-- What a user's configuration calls. `:help gouji-lua` describes it.
local M = {}

--- Optional. `cmd`: how the server is started; `settings`: as in `vim.lsp.config`, with or without the level `gouji`.
--- @param options? { cmd?: string[], settings?: table }
function M.setup(options)
  options = options or {}
  local config = require('gouji.config')
  config.change({ cmd = options.cmd, settings = options.settings and config.levelled(options.settings) })
end

--- Changes settings from now on, in running servers too.
--- @param settings table e.g. `{ rules = { off = { 'XT13' } } }`
function M.configure(settings)
  local config = require('gouji.config')
  config.change({ settings = config.levelled(settings) })
  require('gouji.client').send_settings()
end

--- Starts the server for a buffer, if its file is wanted; for configurations that do so themselves.
--- @param bufnr? integer
function M.start(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  if require('gouji.wanted').reason(bufnr) then
    return require('gouji.client').start(bufnr)
  end
end

--- Checks the file of the current buffer, now and in later sessions, whatever its name.
function M.attach()
  require('gouji.client').attach(vim.api.nvim_get_current_buf())
end

--- Leaves the file of the current buffer alone, now and in later sessions.
function M.detach()
  local bufnr = vim.api.nvim_get_current_buf()
  require('gouji.coverage').clear(bufnr)
  require('gouji.client').detach(bufnr)
end

--- Stops all servers and starts those that are wanted.
function M.restart()
  require('gouji.client').restart()
end

--- Shows the page of a rule: of the code, or of the finding under the cursor.
--- @param code? string
function M.explain(code)
  require('gouji.explain').show(code)
end

--- Writes an HTML report of the current buffer as it stands.
--- @param target? string the file; beside the buffer's own where none is named
function M.report(target)
  require('gouji.report').write(vim.api.nvim_get_current_buf(), target)
end

--- Lists the findings of all disclosures of the folder, open or not, in the quickfix list.
function M.workspace()
  require('gouji.workspace').check(vim.api.nvim_get_current_buf())
end

--- Marks the amounts that nothing checks, or takes the marks away.
function M.coverage()
  require('gouji.coverage').toggle(vim.api.nvim_get_current_buf())
end

return M
