-- The command `:Gouji` and what it completes.
local M = {}

local commands = { 'attach', 'coverage', 'detach', 'explain', 'log', 'report', 'restart', 'workspace' }

-- The codes of all rules, asked of the program once.
local codes
local function all_codes()
  if not codes then
    local result = require('gouji.binary').run({ 'rules', '--format', 'json' })
    if not result or result.code ~= 0 then
      return {}
    end
    codes = vim.tbl_map(function(rule)
      return rule.rule
    end, vim.json.decode(result.stdout).rules)
  end
  return codes
end

local function starting(words, lead)
  return vim.tbl_filter(function(word)
    return vim.startswith(word:lower(), lead:lower())
  end, words)
end

--- @param lead string
--- @param line string
function M.complete(lead, line)
  local before = line:sub(1, #line - #lead)
  if before:find('^%s*%S+%s+$') then
    return starting(commands, lead)
  elseif before:find('%sexplain%s+$') then
    return starting(all_codes(), lead)
  elseif before:find('%sreport%s+$') then
    return vim.fn.getcompletion(lead, 'file')
  end
  return {}
end

--- @param arguments string[]
function M.run(arguments)
  local name, argument = arguments[1], arguments[2]
  if not name then
    vim.cmd('checkhealth gouji')
  elseif name == 'log' then
    vim.cmd.tabedit(vim.fn.fnameescape(require('vim.lsp.log').get_filename()))
  elseif vim.tbl_contains(commands, name) then
    require('gouji')[name](argument)
  else
    require('gouji.words').notify('no_command', vim.log.levels.ERROR, name, table.concat(commands, ' '))
  end
end

return M
