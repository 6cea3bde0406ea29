-- Which files the server is attached to, and why. Other text files are left alone entirely.
local M = {}

local LINES = 40 -- a disclosure says in its title or its table of contents what it is

local function holds_word(text)
  local words = vim.tbl_get(require('gouji.config').settings(), 'attach', 'names') or require('gouji.names')
  for _, word in ipairs(words) do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

local function contents_tell(bufnr)
  if vim.tbl_get(require('gouji.config').settings(), 'attach', 'contents') == false then
    return false
  end
  return holds_word(table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, LINES, false), '\n'))
end

--- The path of a buffer's file; nil where it is no file of its own: unnamed, help, `oil://…`.
--- @param bufnr integer
--- @return string?
function M.path(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  if name ~= '' and vim.bo[bufnr].buftype == '' and not name:find('^%a[%w+.-]+://') then
    return name
  end
end

--- @param path string
local function marked_folder(path)
  return vim.fs.root(path, 'gouji.toml')
end

--- Whether a buffer's file is a folder's `gouji.toml`: the server reads it as it stands here, saved or not.
--- @param bufnr integer
function M.marker(bufnr)
  local path = M.path(bufnr)
  return path ~= nil and vim.fs.basename(path) == 'gouji.toml'
end

--- Whether the user asked for a buffer's file, now or earlier.
--- @param bufnr integer
function M.asked(bufnr)
  local path = M.path(bufnr)
  return path ~= nil and require('gouji.remembered').of(path) == 'attach'
end

--- Why a buffer's file is checked. Nil: it is left alone. What the user said of the file wins.
--- @param bufnr integer
--- @return 'asked'|'name'|'folder'|'contents'|nil
function M.reason(bufnr)
  local path = M.path(bufnr)
  if not path then
    return nil
  end
  local said = require('gouji.remembered').of(path)
  if said then
    return said == 'attach' and 'asked' or nil
  end
  return holds_word(vim.fs.basename(path)) and 'name'
    or marked_folder(path) and 'folder'
    or contents_tell(bufnr) and 'contents'
    or nil
end

--- The folder of `gouji.toml`, or else of the file.
--- @param bufnr integer
function M.root(bufnr)
  local path = M.path(bufnr)
  return marked_folder(path) or vim.fs.dirname(path)
end

return M
