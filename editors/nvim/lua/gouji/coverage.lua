-- Marks on the amounts that stand in no relation: nothing checks them, so nobody would notice an error there.
local client = require('gouji.client')
local words = require('gouji.words')

local M = {}

local PAUSE = 300 -- ms after the last change, so that typing costs no request per key
local namespace = vim.api.nvim_create_namespace('gouji.coverage')

vim.api.nvim_set_hl(0, 'GoujiUnchecked', { link = 'LspReferenceText', default = true })

-- The timers of the buffers that are marked.
local marked = {}

local function byte_index(line, character, encoding)
  if encoding == 'utf-8' then
    return math.min(character, #line)
  elseif vim.fn.has('nvim-0.11') == 1 then
    return vim.str_byteindex(line, encoding, character, false)
  end
  local utf32, utf16 = vim.str_utfindex(line)
  local wide = encoding == 'utf-16'
  return vim.str_byteindex(line, math.min(character, wide and utf16 or utf32), wide)
end

local function place(bufnr, position, encoding)
  local line = vim.api.nvim_buf_get_lines(bufnr, position.line, position.line + 1, false)[1] or ''
  return { position.line, byte_index(line, position.character, encoding) }
end

local function mark(bufnr, ranges, encoding)
  vim.api.nvim_buf_clear_namespace(bufnr, namespace, 0, -1)
  for _, range in ipairs(ranges) do
    local from, to = place(bufnr, range.start, encoding), place(bufnr, range['end'], encoding)
    vim.api.nvim_buf_set_extmark(bufnr, namespace, from[1], from[2], {
      end_row = to[1],
      end_col = to[2],
      hl_group = 'GoujiUnchecked',
    })
  end
end

-- Asks the server and marks what it names; `done` gets its answer. An answer to a text that has changed since is dropped: the
-- change has asked again.
local function refresh(bufnr, done)
  local attached = client.clients(bufnr)[1]
  if not attached then
    return
  end
  local tick = vim.api.nvim_buf_get_changedtick(bufnr)
  local params = { textDocument = { uri = vim.uri_from_bufnr(bufnr) } }
  client.request(attached, 'gouji/coverage', params, function(err, answer)
    if err then
      return vim.notify('gouji: ' .. err.message, vim.log.levels.ERROR)
    end
    local current = vim.api.nvim_buf_is_valid(bufnr) and vim.api.nvim_buf_get_changedtick(bufnr) == tick
    if not (marked[bufnr] and current) then
      return
    end
    local known = answer and answer ~= vim.NIL
    mark(bufnr, known and answer.unchecked or {}, attached.offset_encoding)
    if done then
      done(known and answer)
    end
  end, bufnr)
end

--- Takes the marks away.
--- @param bufnr integer
function M.clear(bufnr)
  if marked[bufnr] then
    marked[bufnr]:close()
    marked[bufnr] = nil
  end
  if vim.api.nvim_buf_is_valid(bufnr) then
    vim.api.nvim_buf_clear_namespace(bufnr, namespace, 0, -1)
  end
end

local function follow(bufnr)
  local function changed()
    local timer = marked[bufnr]
    if not timer then
      return true -- no further calls
    end
    timer:start(PAUSE, 0, vim.schedule_wrap(function()
      if marked[bufnr] == timer then
        refresh(bufnr)
      end
    end))
  end
  vim.api.nvim_buf_attach(bufnr, false, {
    on_lines = changed,
    on_reload = changed,
    on_detach = function()
      M.clear(bufnr)
    end,
  })
end

--- @param bufnr integer
function M.toggle(bufnr)
  if marked[bufnr] then
    M.clear(bufnr)
    return words.notify('uncovered')
  end
  if not client.clients(bufnr)[1] then
    return words.notify('not_attached', vim.log.levels.WARN)
  end
  marked[bufnr] = assert(vim.uv.new_timer())
  follow(bufnr)
  refresh(bufnr, function(answer)
    if answer and answer.document and answer.document ~= vim.NIL then
      words.notify('covered', nil, answer.amounts, answer.checked, #answer.unchecked)
    else
      words.notify('no_disclosure')
    end
  end)
end

return M
