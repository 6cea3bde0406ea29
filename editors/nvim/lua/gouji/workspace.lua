-- The findings of all disclosures of the server's folder, open or not, in the quickfix list.
local client = require('gouji.client')
local words = require('gouji.words')

local M = {}

local TYPES = { 'E', 'W', 'I', 'N' } -- by the protocol's severities

-- The server of a buffer or else any, and a buffer of its own.
local function server(bufnr)
  local attached = client.clients(bufnr)[1]
  if attached then
    return attached, bufnr
  end
  attached = client.clients()[1]
  return attached, attached and next(attached.attached_buffers)
end

local function items(reports, encoding)
  local locations = {}
  for _, report in ipairs(reports) do
    for _, finding in ipairs(report.items or {}) do
      table.insert(locations, { uri = report.uri, range = finding.range, finding = finding })
    end
  end
  return vim.tbl_map(function(item)
    local finding = item.user_data.finding
    item.text = ('%s %s'):format(finding.code, finding.message)
    item.type = TYPES[finding.severity]
    return item
  end, vim.lsp.util.locations_to_items(locations, encoding))
end

local function list(reports, encoding)
  if #reports == 0 then
    return words.notify('no_disclosures')
  end
  local found, counts = items(reports, encoding), { E = 0, W = 0, I = 0, N = 0 }
  for _, item in ipairs(found) do
    counts[item.type] = counts[item.type] + 1
  end
  vim.fn.setqflist({}, ' ', { title = words.say('workspace_title'), items = found })
  if #found > 0 then
    vim.cmd('botright copen')
  end
  words.notify('workspace', nil, #reports, counts.E, counts.W, counts.I + counts.N)
end

--- @param bufnr integer
function M.check(bufnr)
  local attached, own = server(bufnr)
  if not attached then
    return words.notify('not_attached', vim.log.levels.WARN)
  end
  client.request(attached, 'workspace/diagnostic', { previousResultIds = {} }, function(err, answer)
    if err then
      return vim.notify('gouji: ' .. err.message, vim.log.levels.ERROR)
    end
    list(answer.items, attached.offset_encoding)
  end, own)
end

return M
