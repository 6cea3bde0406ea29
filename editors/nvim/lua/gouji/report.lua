-- The report: one HTML page over the text of a buffer as it stands.
local binary = require('gouji.binary')
local words = require('gouji.words')

local M = {}

--- Writes the report of a buffer; beside its file where no other is named.
--- @param bufnr integer
--- @param target? string
function M.write(bufnr, target)
  if not binary.available() then
    return
  end
  local name = vim.api.nvim_buf_get_name(bufnr)
  if not target and name == '' then
    return words.notify('unnamed', vim.log.levels.WARN)
  end
  target = vim.fn.fnamemodify(target or (vim.fn.fnamemodify(name, ':r') .. words.say('report_ending')), ':p')
  local text = table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n') .. '\n'
  local called = name == '' and '-' or vim.fn.fnamemodify(name, ':t')
  local arguments = { '--lang', words.language(), 'check', '--format', 'html', '--stdin', '--stdin-filename', called }
  binary.start(arguments, text, function(result)
    if result.code > 1 then
      return vim.notify('gouji: ' .. vim.trim(result.stderr), vim.log.levels.ERROR)
    end
    local file, problem = io.open(target, 'wb')
    if not file then
      return vim.notify('gouji: ' .. problem, vim.log.levels.ERROR)
    end
    file:write(result.stdout)
    file:close()
    words.notify('report', vim.log.levels.INFO, target)
  end)
end

return M
