-- The server's program: missing, killed, started again; the report on it.
local check = require('check')

local faulty = check.fixture('tab/nongye-faulty.txt')
local all = { 'NN05', 'NN07', 'AS01' }

local function health()
  vim.cmd('checkhealth gouji')
  local report = check.text(vim.api.nvim_get_current_buf())
  vim.cmd('bwipeout!')
  return report
end

check.case(':checkhealth names the program, its version, the server and the files', function()
  check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.open(check.file('notes.txt', 'nothing\n'))
  local report = health()
  check.contains(report, 'OK Neovim')
  check.contains(report, vim.fn.exepath('gouji') .. ': gouji ')
  check.contains(report, 'files: 1')
  check.contains(report, '2025年部门预算.txt: checked (by its name)')
  check.contains(report, 'notes.txt: left alone')
  check.equal(report:find('ERROR') or report:find('WARNING'), nil)
end)

check.case(':checkhealth is Chinese where the editor is', function()
  local report = check.another(
    [[
      vim.cmd('checkhealth gouji')
      report(check.text(vim.api.nvim_get_current_buf()))
    ]],
    { env = { LANG = 'zh_CN.UTF-8' } }
  )
  check.contains(report, '服务程序')
  check.contains(report, '没有运行中的服务')
end)

check.case('the program is named as missing once, and :Gouji restart attaches when it is there', function()
  local path = vim.env.PATH
  vim.env.PATH = '/nowhere'
  local first = check.open(check.file('2025年部门预算.txt', faulty))
  check.open(check.file('2026年部门预算.txt', faulty))
  check.open(check.file('notes.txt', 'nothing\n'))
  vim.wait(0) -- what was scheduled runs
  check.equal(#check.notices, 1)
  check.equal(check.notices[1].level, vim.log.levels.WARN)
  check.contains(check.notices[1].text, 'The program gouji was not found')
  check.contains(check.notices[1].text, ':Gouji restart')

  local report = health()
  check.contains(report, 'ERROR The program gouji was not found')
  check.contains(report, 'cargo install')
  check.contains(report, '2025年部门预算.txt: wanted, but not checked')

  vim.cmd('Gouji explain AS01')
  check.equal(#vim.api.nvim_list_wins(), 1)

  vim.env.PATH = path
  vim.cmd('Gouji restart')
  check.await_codes(first, all)
  check.equal(#check.notices, 1)
end)

check.case('a program missing under its full name is named so', function()
  local cmd = require('gouji.config').current().cmd
  require('gouji').setup({ cmd = { '/nowhere/gouji', 'server' } })
  check.contains(health(), '/nowhere/gouji')
  require('gouji').setup({ cmd = cmd })
end)

check.case('a program that is not gouji is not taken for it', function()
  local cmd = require('gouji.config').current().cmd
  require('gouji').setup({ cmd = { 'true', 'server' } })
  check.contains(health(), 'true --version failed')
  require('gouji').setup({ cmd = cmd })
end)

local function kill()
  local pid = check.wait('a server', function()
    return check.servers()[1]
  end)
  vim.uv.kill(pid, 'sigkill')
  return pid
end

check.case('a killed server is started again, and the findings come back; after the fourth time the user is told', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, all)
  for times = 1, 3 do
    local pid = kill()
    check.wait('another server', function()
      local now = check.servers()[1]
      return now and now ~= pid
    end)
    check.wait('Neovim to forget the old client', function()
      return #vim.lsp.get_clients({ name = 'gouji' }) == 1
    end)
    check.await_codes(bufnr, all)
    check.equal(#check.notices, times) -- Neovim's own
    check.contains(check.notices[times].text, 'quit with exit code')
  end
  kill()
  check.wait('the last word', function()
    return #check.notices == 5
  end)
  check.contains(check.notices[4].text .. check.notices[5].text, ':Gouji restart')
  check.await_codes(bufnr, {})
  check.equal(check.servers(), {})

  vim.cmd('Gouji restart')
  check.await_codes(bufnr, all)
  check.equal(#check.notices, 5)
end)

check.case(':Gouji restart puts another server in the place of one that runs', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, all)
  local pid = check.servers()[1]
  vim.cmd('Gouji restart')
  check.await_codes(bufnr, all)
  check.equal(#check.servers(), 1)
  check.equal(check.servers()[1] ~= pid, true)
end)

check.case(':Gouji restart does not wait for a server that answers no more', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, all)
  local pid = check.servers()[1]
  vim.uv.kill(pid, 'sigstop')
  vim.cmd('Gouji restart')
  check.equal(check.codes(bufnr), {})
  check.await_codes(bufnr, all)
  vim.uv.kill(pid, 'sigcont')
  check.wait('the old server to end', function()
    return not vim.tbl_contains(check.servers(), pid)
  end)
  check.equal(check.codes(bufnr), all)
end)

check.case(':Gouji log opens the log', function()
  vim.cmd('Gouji log')
  check.contains(vim.api.nvim_buf_get_name(0), 'lsp.log')
end)

check.case(':Gouji completes its commands and the codes of the rules', function()
  check.equal(vim.fn.getcompletion('Gouji ', 'cmdline'), { 'attach', 'coverage', 'detach', 'explain', 'log', 'report', 'restart', 'workspace' })
  check.equal(vim.fn.getcompletion('Gouji re', 'cmdline'), { 'report', 'restart' })
  check.equal(vim.fn.getcompletion('Gouji explain as', 'cmdline'), { 'AS01', 'AS02', 'AS03', 'AS04' })
  check.equal(vim.fn.getcompletion('Gouji restart ', 'cmdline'), {})
end)
