-- The lines of the READMEs, run as a user would paste them; the help file.
local check = require('check')

local function read(name)
  local file = assert(io.open(check.plugin .. '/' .. name))
  local text = file:read('*a')
  file:close()
  return text
end

-- The Lua blocks of a README, in its order: by hand, lazy.nvim, vim.pack, settings, settings for 0.10.
local function blocks(name)
  local found = {}
  for block in read(name):gmatch('```lua\n(.-)```') do
    table.insert(found, block)
  end
  return found
end

local by_hand, lazy, pack, settings, settings_010 = unpack(blocks('README.md'))

-- Starts a Neovim with a configuration and a disclosure to open, and tells what became of it.
local function started(configuration)
  local init = check.file('init.lua', configuration)
  local disclosure = check.file('2025年部门预算.txt', check.fixture('tab/nongye-faulty.txt'))
  return check.another(
    [[
      local bufnr = vim.api.nvim_get_current_buf()
      check.await_codes(bufnr, { 'NN05', 'NN07', 'AS01' })
      report(vim.bo.filetype .. ', :Gouji ' .. vim.fn.exists(':Gouji') .. ', ' .. check.findings(bufnr)[3].message)
    ]],
    { init = init, arguments = { disclosure } }
  )
end

local function installed(configuration)
  local outcome = started(configuration)
  check.contains(outcome, 'disclosure, :Gouji 2, ')
  check.contains(outcome, '512.52 应为 521.52')
end

local function with(text, part, replacement)
  check.contains(text, part)
  return (text:gsub(vim.pesc(part), (replacement:gsub('%%', '%%%%'))))
end

check.case('both READMEs give the same lines', function()
  check.equal(blocks('README.zh-CN.md'), blocks('README.md'))
end)

check.case('the line for installing by hand installs', function()
  installed(with(by_hand, '/path/to/gouji', check.repository))
end)

-- lazy.nvim itself is not here. By its documentation it switches Neovim's own loading of plugins off, adds the folder of the
-- plugin to 'runtimepath', sources the plugin folder there, and calls `config` with the spec and `dir` in it.
check.case('the spec for lazy.nvim installs', function()
  installed(([[
    vim.go.loadplugins = false
    local plugin = %s
    plugin.dir = %q
    assert(plugin.lazy == false)
    vim.opt.rtp:append(plugin.dir)
    plugin.config(plugin, {})
  ]]):format(lazy, check.repository))
end)

check.case('the lines for vim.pack install', function()
  if not vim.pack then -- before 0.12: what `load` is documented to be called with
    return installed(([[
      vim.pack = { add = function(specs, options) options.load({ spec = { src = specs[1] }, path = %q }) end }
    ]]):format(check.repository) .. pack)
  end
  local source = vim.fs.dirname(check.file('gouji/README', ''))
  local result = vim
    .system({
      'sh',
      '-ec',
      [[
        cd "$1"; mkdir editors; cp -r "$2" editors/nvim
        git init --quiet; git add .
        git -c user.name=gouji -c user.email=gouji@localhost commit --quiet --message all
      ]],
      'sh',
      source,
      check.plugin,
    }, { text = true })
    :wait()
  check.equal({ result.code, result.stderr }, { 0, '' })
  local lines = with(pack, 'https://github.com/gouji/gouji', 'file://' .. source)
  installed(with(lines, 'load =', 'confirm = false, load ='))
end)

check.case('the lines for settings set them', function()
  local lines = vim.lsp.config and settings or settings_010
  local outcome = started(with(by_hand, '/path/to/gouji', check.repository) .. lines)
  check.contains(outcome, '512.52 should be 521.52')
end)

check.case('the help file makes tags, and every link in it leads somewhere', function()
  local doc = vim.fs.dirname(check.file('doc/gouji.txt', read('doc/gouji.txt')))
  vim.cmd.helptags(doc)
  vim.opt.rtp:append(vim.fs.dirname(doc))
  for link in read('doc/gouji.txt'):gmatch('|([^|%s]+)|') do
    -- Neovim 0.10 has no help on what is new in 0.11.
    if vim.fn.has('nvim-0.11') == 1 or link:lower():find('gouji') then
      check.contains('\n' .. table.concat(vim.fn.getcompletion(link, 'help'), '\n') .. '\n', '\n' .. link .. '\n')
    end
  end
  vim.cmd.help(':Gouji')
  check.contains(vim.api.nvim_buf_get_name(0), 'gouji.txt')
end)

check.case('the help names the words by which files are attached', function()
  local help = read('doc/gouji.txt')
  for _, word in ipairs(require('gouji.names')) do
    check.contains(help, word)
  end
end)
