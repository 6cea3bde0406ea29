-- What the user said of single files, kept across sessions: `:Gouji attach` and `:Gouji detach`.
local M = {}

local function store()
  return vim.fs.joinpath(vim.fn.stdpath('state'), 'gouji', 'files.json')
end

local function key(path)
  return vim.uv.fs_realpath(path) or vim.fs.normalize(path)
end

local function read()
  local file = io.open(store(), 'r')
  if not file then
    return {}
  end
  local ok, files = pcall(vim.json.decode, file:read('*a'))
  file:close()
  return ok and type(files) == 'table' and files or {}
end

-- Read once a session: this is asked for each file that is opened.
local files

--- @param path string
--- @return 'attach'|'detach'|nil
function M.of(path)
  files = files or read()
  return files[key(path)]
end

--- @param path string
--- @param what 'attach'|'detach'
function M.set(path, what)
  -- Read anew: another Neovim may have written meanwhile. Renamed into place: none ever reads half a file.
  files = read()
  files[key(path)] = what
  vim.fn.mkdir(vim.fs.dirname(store()), 'p')
  local new = ('%s.%d'):format(store(), vim.uv.os_getpid())
  local file = assert(io.open(new, 'w'))
  file:write(vim.json.encode(files))
  file:close()
  assert(vim.uv.fs_rename(new, store()))
end

return M
