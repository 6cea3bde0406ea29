-- `:checkhealth gouji`: what is there, what is missing, and what to do about it.
local binary = require('gouji.binary')
local client = require('gouji.client')
local config = require('gouji.config')
local wanted = require('gouji.wanted')
local words = require('gouji.words')

local M = {}

local say = words.teller({
  editor = { zh = '编辑器', en = 'Editor' },
  too_old = { zh = 'Neovim %s 过旧', en = 'Neovim %s is too old' },
  update = { zh = '请升级到 0.10 或更新的版本，建议 0.11', en = 'Update to 0.10 or later, best 0.11' },
  by_hand = {
    zh = 'Neovim %s：没有 vim.lsp.config，设置写在 require("gouji").setup',
    en = 'Neovim %s: there is no vim.lsp.config, settings go into require("gouji").setup',
  },
  disabled = { zh = '未启用自动核对（g:gouji_enabled 或 vim.lsp.enable）', en = 'Disabled by g:gouji_enabled or vim.lsp.enable' },

  program = { zh = '服务程序', en = 'Server program' },
  found = { zh = '%s：%s', en = '%s: %s' },
  missing = { zh = '没有找到程序 %s', en = 'The program %s was not found' },
  install = {
    zh = '在源码目录执行 cargo install --locked --path server/cli，并确认 ~/.cargo/bin 在 PATH 中',
    en = 'In the source folder run cargo install --locked --path server/cli, and see that ~/.cargo/bin is on the PATH',
  },
  name_it = {
    zh = '或指定路径：require("gouji").setup({ cmd = { "/路径/gouji", "server" } })，然后 :Gouji restart',
    en = 'Or name its path: require("gouji").setup({ cmd = { "/path/to/gouji", "server" } }), then :Gouji restart',
  },
  not_working = { zh = '%s --version 未能运行', en = '%s --version failed' },
  other_program = { zh = '确认 cmd 指向 gouji', en = 'See that cmd names gouji' },
  a_function = { zh = 'cmd 是函数，无法检查程序', en = 'cmd is a function; the program can not be looked at' },

  servers = { zh = '运行中的服务', en = 'Running servers' },
  none_running = { zh = '没有运行中的服务', en = 'No server runs' },
  server = { zh = '%s，文件夹 %s，文件 %d 个，列以 %s 计', en = '%s, folder %s, files: %d, columns in %s' },
  starting = { zh = '正在启动', en = 'starting' },
  settings = { zh = '设置：%s', en = 'Settings: %s' },

  files = { zh = '打开的文件', en = 'Open files' },
  no_files = { zh = '没有打开的文本文件', en = 'No text file is open' },
  attached = { zh = '%s：已核对（%s）', en = '%s: checked (%s)' },
  unattached = { zh = '%s：应核对而未核对（%s）', en = '%s: wanted, but not checked (%s)' },
  try_restart = { zh = '执行 :Gouji restart；仍不行，看 :Gouji log', en = 'Run :Gouji restart; if that does not help, see :Gouji log' },
  left_alone = { zh = '%s：不核对。要核对，在该文件中执行 :Gouji attach', en = '%s: left alone. To check it, run :Gouji attach in it' },
  asked = { zh = '由 :Gouji attach 指定', en = 'by :Gouji attach' },
  name = { zh = '按文件名', en = 'by its name' },
  folder = { zh = '按文件夹中的 gouji.toml', en = 'by gouji.toml in its folder or above' },
  contents = { zh = '按内容', en = 'by its contents' },
})

local function editor()
  vim.health.start(say('editor'))
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.10') == 0 then
    vim.health.error(say('too_old', version), { say('update') })
  elseif vim.lsp.config then
    vim.health.ok('Neovim ' .. version)
  else
    vim.health.ok(say('by_hand', version))
  end
  if not client.enabled() then
    vim.health.info(say('disabled'))
  end
end

local function program()
  vim.health.start(say('program'))
  local cmd = binary.command()
  if not cmd then
    return vim.health.info(say('a_function'))
  end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    return vim.health.error(say('missing', cmd[1]), { say('install'), say('name_it') })
  end
  local result = binary.run({ '--version' })
  if result and result.code == 0 and result.stdout:find('^gouji ') then
    vim.health.ok(say('found', path, vim.trim(result.stdout)))
  else
    vim.health.error(say('not_working', path), { say('other_program') })
  end
end

local function servers()
  vim.health.start(say('servers'))
  local running = client.clients()
  if #running == 0 then
    return vim.health.info(say('none_running'))
  end
  for _, one in ipairs(running) do
    local info = one.server_info or {}
    local name = one.initialized and ('%s %s'):format(info.name or one.name, info.version or '') or say('starting')
    local files = vim.tbl_count(one.attached_buffers)
    vim.health.ok(say('server', vim.trim(name), one.root_dir or one.config.root_dir, files, one.offset_encoding))
    vim.health.info(say('settings', vim.inspect(one.settings.gouji or {}, { newline = ' ', indent = '' })))
  end
end

local function files()
  vim.health.start(say('files'))
  local filetypes = config.current().filetypes
  local any = false
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    local path = vim.api.nvim_buf_is_loaded(bufnr) and wanted.path(bufnr)
    local attached = #client.clients(bufnr) > 0
    if path and (attached or wanted.asked(bufnr) or vim.tbl_contains(filetypes, vim.bo[bufnr].filetype)) then
      any = true
      local name, reason = vim.fn.fnamemodify(path, ':~:.'), wanted.reason(bufnr)
      if attached then
        vim.health.ok(say('attached', name, say(reason or 'asked')))
      elseif reason then
        vim.health.warn(say('unattached', name, say(reason)), { say('try_restart') })
      else
        vim.health.info(say('left_alone', name))
      end
    end
  end
  if not any then
    vim.health.info(say('no_files'))
  end
end

function M.check()
  editor()
  if vim.fn.has('nvim-0.10') == 1 then
    program()
    servers()
    files()
  end
end

return M
