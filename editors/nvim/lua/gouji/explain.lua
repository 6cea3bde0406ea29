-- The page of a rule in a window of its own.
local binary = require('gouji.binary')
local client = require('gouji.client')
local words = require('gouji.words')

local M = {}

local page -- the buffer, one for all pages

local function display(code, text)
  if not (page and vim.api.nvim_buf_is_valid(page)) then
    page = vim.api.nvim_create_buf(false, true)
    vim.bo[page].bufhidden = 'hide'
    vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = page, nowait = true, desc = 'Close the page' })
  end
  vim.bo[page].modifiable = true
  vim.api.nvim_buf_set_lines(page, 0, -1, false, vim.split(vim.trim(text), '\r?\n'))
  vim.bo[page].modifiable = false
  vim.api.nvim_buf_set_name(page, 'gouji://' .. code)
  if vim.bo[page].filetype ~= 'markdown' then
    vim.bo[page].filetype = 'markdown'
  end
  local window = vim.fn.bufwinid(page)
  if window == -1 then
    vim.cmd('botright sbuffer ' .. page)
    window = vim.api.nvim_get_current_win()
    vim.wo[window].wrap = true
    vim.wo[window].linebreak = true
  end
  vim.api.nvim_set_current_win(window)
  vim.api.nvim_win_set_cursor(window, { 1, 0 })
end

--- The code of the finding under the cursor, or of the first one in its line.
local function code_at_cursor(bufnr)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local first
  for _, attached in ipairs(client.clients(bufnr)) do
    local namespace = vim.lsp.diagnostic.get_namespace(attached.id)
    for _, finding in ipairs(vim.diagnostic.get(bufnr, { namespace = namespace, lnum = row - 1 })) do
      if finding.col <= column and (finding.end_lnum > row - 1 or column < finding.end_col) then
        return finding.code
      end
      first = first or finding.code
    end
  end
  return first
end

local function from_server(attached, bufnr, code)
  client.request(attached, 'gouji/explain', { code = code }, function(err, rule)
    if err then
      vim.notify('gouji: ' .. err.message, vim.log.levels.ERROR)
    elseif not rule or rule == vim.NIL then
      words.notify('no_rule', vim.log.levels.WARN, code)
    else
      display(rule.code, rule.markdown)
    end
  end, bufnr)
end

local function from_program(code)
  if not binary.available() then
    return
  end
  local result = binary.run({ '--lang', words.language(), 'explain', code })
  if result and result.code == 0 then
    display(code:upper(), result.stdout)
  elseif result then
    vim.notify('gouji: ' .. vim.trim(result.stderr), vim.log.levels.WARN)
  end
end

--- @param code? string
function M.show(code)
  local bufnr = vim.api.nvim_get_current_buf()
  code = code or code_at_cursor(bufnr)
  if not code then
    return words.notify('no_finding', vim.log.levels.WARN)
  end
  local attached = client.clients(bufnr)[1]
  if attached then
    from_server(attached, bufnr, code)
  else
    from_program(code)
  end
end

return M
