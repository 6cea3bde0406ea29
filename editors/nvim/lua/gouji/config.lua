-- The configuration in force: `lsp/gouji.lua` with the user's changes over it.
local M = {}

-- Neovim 0.10 has no `vim.lsp.config`: the changes are kept here.
local changes = {}

--- @return table
function M.current()
  if vim.lsp.config then
    return vim.lsp.config.gouji
  end
  local shipped = dofile(vim.api.nvim_get_runtime_file('lsp/gouji.lua', false)[1])
  return vim.tbl_deep_extend('force', { name = 'gouji' }, shipped, changes)
end

--- @param change table
function M.change(change)
  if vim.lsp.config then
    vim.lsp.config('gouji', change)
  else
    changes = vim.tbl_deep_extend('force', changes, change)
  end
end

--- The settings below the level `gouji`.
--- @return table
function M.settings()
  return vim.tbl_get(M.current(), 'settings', 'gouji') or {}
end

--- Settings with the level `gouji`, which may be left out where a user writes them.
--- @param settings table
function M.levelled(settings)
  return settings.gouji and settings or { gouji = settings }
end

return M
