-- What happens at startup: the command, and the server enabled for the files that are wanted. All else is loaded when needed.
if vim.g.loaded_gouji then
  return
end
vim.g.loaded_gouji = true

vim.api.nvim_create_user_command('Gouji', function(call)
  require('gouji.command').run(call.fargs)
end, {
  nargs = '*',
  desc = '勾稽: check the figures of a budget disclosure',
  complete = function(lead, line)
    return require('gouji.command').complete(lead, line)
  end,
})

if vim.fn.has('nvim-0.10') == 0 then
  return
end

if vim.lsp.enable and vim.g.gouji_enabled ~= false then
  vim.lsp.enable('gouji')
end

-- What `vim.lsp.enable` does not see to: Neovim 0.10, files of other types that the user asked for, a missing program.
local group = vim.api.nvim_create_augroup('gouji', {})
vim.api.nvim_create_autocmd({ 'FileType', 'BufReadPost' }, {
  group = group,
  callback = function(event)
    require('gouji.client').consider(event.buf)
  end,
})

if vim.v.vim_did_enter == 1 then
  require('gouji.client').consider_all()
end
