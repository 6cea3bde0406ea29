-- Which files are attached: by name, folder, contents, and what the user said.
local check = require('check')

-- A disclosure that is attached and judged after `bufnr` was opened: whatever was to happen to `bufnr` has happened.
local function after_another()
  check.open_fixture('tab/nongye-faulty.txt', '对照部门预算.txt')
end

local faulty = check.fixture('tab/nongye-faulty.txt')

check.case('a text file named like a disclosure is of filetype disclosure and attached', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.equal(vim.bo[bufnr].filetype, 'disclosure')
  check.equal(#check.findings(bufnr), 3)
end)

check.case('tables and files without extension get the filetype by their name, other files keep theirs', function()
  local function filetype(name)
    return vim.filetype.match({ filename = '/预算公开/' .. name }) or ''
  end
  for _, name in ipairs({ '单位预算.tsv', '单位预算.CSV', '单位决算.text', '澜坪县2025年部门预算', '2025.部门预算', '部门预算1.0' }) do
    check.equal(name .. ' ' .. filetype(name), name .. ' disclosure')
  end
  check.equal(filetype('预决算公开.md'), 'markdown')
  check.equal(filetype('预决算公开.lua'), 'lua')
  check.equal(filetype('notes.csv'), 'csv')
  check.equal(filetype('notes'), '')
end)

check.case('a Markdown disclosure stays Markdown and is attached', function()
  local bufnr = check.open_fixture('md/wenlv-faulty.md', '2025年部门预算.md')
  check.equal(vim.bo[bufnr].filetype, 'markdown')
  check.equal(#check.findings(bufnr) > 0, true)
end)

check.case('an ordinary text file is left alone', function()
  local bufnr = check.open(check.file('notes.txt', check.fixture('plain/market.txt')))
  after_another()
  check.equal(vim.bo[bufnr].filetype, 'text')
  check.equal(vim.lsp.get_clients({ bufnr = bufnr }), {})
end)

check.case('a disclosure is known by the words in its first lines', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', 'nongye.txt')
  check.equal(vim.bo[bufnr].filetype, 'text')
  check.equal(#check.findings(bufnr), 3)
end)

check.case('words after the first forty lines attach nothing', function()
  local bufnr = check.open(check.file('minutes.txt', ('会议记录\n'):rep(40) .. '部门预算\n'))
  after_another()
  check.equal(vim.lsp.get_clients({ bufnr = bufnr }), {})
end)

check.case('contents are not looked at where attach.contents is false', function()
  check.configure_at_start({ attach = { contents = false } })
  local bufnr = check.open(check.file('nongye.txt', faulty))
  after_another()
  check.configure_at_start({ attach = { contents = true } })
  check.equal(vim.lsp.get_clients({ bufnr = bufnr }), {})
end)

check.case('a folder with gouji.toml has its text files attached, and is their root', function()
  local marker = check.file('area/gouji.toml', '')
  local bufnr = check.open(check.file('area/2025/notes.txt', check.fixture('plain/market.txt')))
  check.equal(check.attached(bufnr).config.root_dir, vim.fs.dirname(marker))
end)

check.case('without gouji.toml the root is the folder of the file', function()
  local bufnr = check.open_fixture('tab/nongye.txt', '2025/部门预算.txt')
  check.equal(check.client(bufnr).config.root_dir, vim.fs.dirname(vim.api.nvim_buf_get_name(bufnr)))
end)

-- Opens a file in another Neovim and tells whether it is attached there; `control` is a disclosure that is.
local function attached_in_another(path, control)
  return check.another(([[
    local bufnr = check.open(%q)
    local control = check.open(%q)
    check.judged(control)
    report(check.client(bufnr) and 'attached' or 'left alone')
  ]]):format(path, control))
end

check.case(':Gouji attach checks a file, in later sessions too', function()
  local control = check.file('对照部门预算.txt', faulty)
  local path = check.file('market.txt', check.fixture('plain/market.txt'))
  check.equal(attached_in_another(path, control), 'left alone')
  local bufnr = check.open(path)
  vim.cmd('Gouji attach')
  check.attached(bufnr)
  check.equal(attached_in_another(path, control), 'attached')
end)

check.case(':Gouji detach takes the findings away and is remembered, against the name too', function()
  local control = check.file('对照部门预算.txt', faulty)
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.equal(#check.findings(bufnr), 3)
  vim.cmd('Gouji detach')
  check.equal(check.findings(bufnr), {})
  check.equal(check.client(bufnr), nil)
  check.wait('the server to end, which nobody needs', function()
    return #check.servers() == 0
  end)
  local path = vim.api.nvim_buf_get_name(bufnr)
  check.equal(attached_in_another(path, control), 'left alone')

  vim.cmd('Gouji attach')
  check.await_codes(bufnr, { 'NN05', 'NN07', 'AS01' })
  check.equal(attached_in_another(path, control), 'attached')
end)

check.case(':Gouji attach keeps files of other types attached, also after their type is set again', function()
  local path = check.file('nongye.rst', faulty)
  local bufnr = check.open(path)
  check.equal(vim.bo[bufnr].filetype, 'rst')
  vim.cmd('Gouji attach')
  check.await_codes(bufnr, { 'NN05', 'NN07', 'AS01' })
  vim.bo[bufnr].filetype = 'rst'
  check.await_codes(bufnr, { 'NN05', 'NN07', 'AS01' })
  check.equal(attached_in_another(path, check.file('对照部门预算.txt', faulty)), 'attached')
end)

check.case(':Gouji attach in a buffer without a file asks to save it first', function()
  vim.cmd.enew()
  vim.cmd('Gouji attach')
  check.equal(#check.notices, 1)
  check.contains(check.notices[1].text, 'no file name')
end)

check.case('with g:gouji_enabled = false nothing is attached but what is asked for', function()
  local output = check.another(
    ([[
      local left = check.open(%q)
      local asked = check.open(%q)
      vim.cmd('Gouji attach')
      check.await_codes(asked, { 'NN05', 'NN07', 'AS01' })
      report(check.client(left) and 'attached' or 'left alone')
    ]]):format(check.file('2024年部门预算.txt', faulty), check.file('2025年部门预算.txt', faulty)),
    { arguments = { '--cmd', 'let g:gouji_enabled = v:false' } }
  )
  check.equal(output, 'left alone')
end)

check.case('a damaged record of attached files is taken for an empty one', function()
  local store = vim.fn.stdpath('state') .. '/gouji/files.json'
  vim.fn.mkdir(vim.fs.dirname(store), 'p')
  vim.fn.writefile({ '{"/a' }, store)
  local path = check.file('2025年部门预算.txt', faulty)
  check.equal(attached_in_another(path, path), 'attached')
end)
