-- Settings: at the start, and changed while servers run.
local check = require('check')

-- The total of the assets is wrong; were AS01 alone switched off, NT11 would report it against the narrative.
local all = { 'NN05', 'NN07', 'AS01' }

local function message(bufnr)
  return check.findings(bufnr)[#check.findings(bufnr)].message
end

check.case('rules switched off in the configuration are not checked', function()
  check.configure_at_start({ rules = { off = { 'AS01', 'NT11' } } })
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, { 'NN05', 'NN07' })
  check.configure_at_start({ rules = { off = {} } })
end)

check.case('configure takes effect at once, without another server', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, all)
  local servers = check.servers()
  require('gouji').configure({ rules = { off = { 'AS01', 'NT11' } } })
  check.await_codes(bufnr, { 'NN05', 'NN07' })
  require('gouji').configure({ gouji = { rules = { off = {} } } })
  check.await_codes(bufnr, all)
  check.equal(check.servers(), servers)
end)

check.case('what configure changed holds for servers started later', function()
  require('gouji').configure({ rules = { off = { 'AS01', 'NT11' } } })
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, { 'NN05', 'NN07' })
  require('gouji').configure({ rules = { off = {} } })
  check.await_codes(bufnr, all)
end)

check.case('minSeverity hides what is below it', function()
  local bufnr = check.open_fixture('pdf/minzheng-faulty2.txt', '2025年部门预算.txt')
  local severities = {}
  for _, finding in ipairs(check.findings(bufnr)) do
    severities[finding.severity] = (severities[finding.severity] or 0) + 1
  end
  local errors = severities[vim.diagnostic.severity.ERROR]
  check.equal(errors < #check.findings(bufnr), true)
  require('gouji').configure({ minSeverity = 'error' })
  check.wait('errors only', function()
    return #check.findings(bufnr) == errors
  end)
  require('gouji').configure({ minSeverity = 'hint' })
end)

check.case('the locale en makes findings and messages English', function()
  check.configure_at_start({ locale = 'en' })
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.wait('English', function()
    return #check.findings(bufnr) == 3 and message(bufnr):find('512.52 should be 521.52', 1, true)
  end)
  require('gouji').configure({ locale = 'zh' })
  check.wait('Chinese', function()
    return #check.findings(bufnr) == 3 and message(bufnr):find('512.52 应为 521.52', 1, true)
  end)
  vim.cmd('Gouji nonsense')
  check.contains(check.notices[1].text, '没有命令')
  require('gouji').configure({ locale = 'auto' })
end)

check.case('the locale auto is the language of the editor', function()
  local path = check.file('2025年部门预算.txt', check.fixture('tab/nongye-faulty.txt'))
  local script = ([[
    local bufnr = check.open(%q)
    check.await_codes(bufnr, { 'NN05', 'NN07', 'AS01' })
    report(check.findings(bufnr)[3].message)
    vim.cmd('Gouji nonsense')
    report(check.notices[1].text)
  ]]):format(path)
  local english = check.another(script, { env = { LANG = 'en_GB.UTF-8' } })
  check.contains(english, 'should be')
  check.contains(english, 'There is no :Gouji nonsense')
  local chinese = check.another(script, { env = { LANG = 'zh_CN.UTF-8' } })
  check.contains(chinese, '应为')
  check.contains(chinese, '没有命令 :Gouji nonsense')
end)

if vim.lsp.config then
  check.case('setup does what vim.lsp.config does', function()
    require('gouji').setup({ settings = { rules = { off = { 'AS01', 'NT11' } } } })
    check.equal(vim.lsp.config.gouji.settings.gouji.rules.off, { 'AS01', 'NT11' })
    local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
    check.await_codes(bufnr, { 'NN05', 'NN07' })
  end)
end
