-- The configuration of the Neovims under test: the plugin installed by hand, and the helper of the specs on the path.
local tests = vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2)))
vim.opt.rtp:append(vim.fs.dirname(tests))
package.path = tests .. '/?.lua;' .. package.path
vim.o.swapfile = false
