-- Text, tables and files without extension are of filetype `disclosure` where their name says so. Markdown stays Markdown: its
-- own plugins are worth more there than a filetype of ours.
local extensions = { txt = true, text = true, csv = true, tsv = true }

local function disclosure(path)
  -- A dot in `2025.部门预算` or `部门预算1.0` begins no extension: extensions begin with a Latin letter.
  local extension = vim.fs.basename(path):match('%.(%a%w*)$')
  if not extension or extensions[extension:lower()] then
    return 'disclosure'
  end
end

local patterns = {}
for _, name in ipairs(require('gouji.names')) do
  patterns['.*' .. vim.pesc(name) .. '.*'] = disclosure
end
vim.filetype.add({ pattern = patterns })
