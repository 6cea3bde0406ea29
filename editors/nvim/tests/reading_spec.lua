-- What helps reading: hovers, the outline, the page of a rule, marks on what is not checked.
local check = require('check')

local function hover(row, column)
  vim.api.nvim_win_set_cursor(0, { row, column })
  vim.lsp.buf.hover()
  return check.wait('the hover window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        local text = check.text(vim.api.nvim_win_get_buf(window))
        vim.api.nvim_win_close(window, true)
        return text
      end
    end
  end)
end

local function row_of(bufnr, line)
  for row, text in ipairs(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)) do
    if text == line then
      return row
    end
  end
  error('no line ' .. line)
end

check.case('the hover on a code shows the name of the 科目', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.contains(hover(row_of(bufnr, '\t2130108'), 3), '病虫害控制')
end)

check.case('the hover on a finding shows the text of the rule', function()
  check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.contains(hover(2235, 3), '固定资产占用情况表的资产总额，等于')
end)

check.case('the outline lists the tables and the narrative', function()
  check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  local items
  vim.lsp.buf.document_symbol({
    on_list = function(list)
      items = list.items
    end,
  })
  check.wait('the outline', function()
    return items
  end)
  local names = table.concat(
    vim.tbl_map(function(item)
      return item.text
    end, items),
    '\n'
  )
  check.contains(names, '部门预算收支总表')
  check.contains(names, '机关运行经费安排情况')
end)

-- The window of rule pages, waited for.
local function page(holding)
  return check.wait('the page with ' .. holding, function()
    local bufnr = vim.api.nvim_get_current_buf()
    return vim.api.nvim_buf_get_name(bufnr):find('^gouji://') and check.text(bufnr):find(holding, 1, true) and bufnr
  end)
end

check.case(':Gouji explain shows the page of the finding under the cursor, and q closes it', function()
  check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  vim.api.nvim_win_set_cursor(0, { 2235, 3 })
  vim.cmd('Gouji explain')
  local bufnr = page('固定资产占用情况表的资产总额，等于')
  check.contains(vim.api.nvim_buf_get_name(bufnr), 'AS01')
  check.equal(vim.bo[bufnr].filetype, 'markdown')
  check.equal(#vim.api.nvim_list_wins(), 2)
  check.type('q')
  check.equal(#vim.api.nvim_list_wins(), 1)
end)

check.case(':Gouji explain CODE uses the same window again', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  local window = vim.api.nvim_get_current_win()
  vim.cmd('Gouji explain as01')
  page('资产总额')
  vim.api.nvim_set_current_win(window)
  vim.cmd('Gouji explain NN05')
  page('NN05')
  check.equal(#vim.api.nvim_list_wins(), 2)
  check.equal(#check.findings(bufnr), 3)
end)

check.case(':Gouji explain asks the program where no server is attached', function()
  check.open(check.file('notes.txt', 'nothing\n'))
  vim.cmd('Gouji explain as01')
  check.contains(check.text(page('AS01')), '资产总额')
end)

check.case(':Gouji explain says so where there is no such rule', function()
  check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  vim.cmd('Gouji explain XX99')
  check.wait('a notice', function()
    return check.notices[1]
  end)
  check.contains(check.notices[1].text, 'XX99')
  check.equal(#vim.api.nvim_list_wins(), 1)
end)

-- The texts that are marked as unchecked.
local function marked(bufnr)
  local namespace = vim.api.nvim_get_namespaces()['gouji.coverage']
  return vim.tbl_map(function(mark)
    check.equal(mark[4].hl_group, 'GoujiUnchecked')
    return check.at(bufnr, mark[2] + 1, mark[3], mark[4].end_col)
  end, vim.api.nvim_buf_get_extmarks(bufnr, namespace, 0, -1, { details = true }))
end

check.case(':Gouji coverage marks the amounts that nothing checks, follows edits, and takes the marks away again', function()
  local bufnr = check.open_fixture('tab/nongye.txt', '2025年部门预算.txt')
  vim.cmd('Gouji coverage')
  check.wait('the notice', function()
    return check.notices[1]
  end)
  local program = vim.system({ 'gouji', 'check', '--format', 'json', vim.api.nvim_buf_get_name(bufnr) }):wait()
  local coverage = vim.json.decode(program.stdout).files[1].coverage
  check.contains(check.notices[1].text, ('%d amounts, %d of them checked'):format(coverage.amounts, coverage.checked))
  check.equal(marked(bufnr), { '0.30', '0.30' })

  vim.api.nvim_buf_set_lines(bufnr, 1650, 1650, false, { '另有往来款12.34万元。' })
  check.wait('a mark on what was typed', function()
    return vim.tbl_contains(marked(bufnr), '12.34')
  end)

  vim.cmd('Gouji coverage')
  check.equal(marked(bufnr), {})
end)

check.case(':Gouji coverage says so where no server is attached', function()
  check.open(check.file('notes.txt', 'nothing\n'))
  vim.cmd('Gouji coverage')
  check.contains(check.notices[1].text, ':Gouji attach')
end)

check.case('the report is of the text as it stands, and beside its file', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  vim.api.nvim_buf_set_lines(bufnr, 2234, 2235, true, { '\t521.52' }) -- mends one of the three
  vim.cmd('Gouji report')
  local written = vim.fn.expand('%:p:r') .. require('gouji.words').say('report_ending')
  local page = check.wait('the report', function()
    local file = io.open(written)
    local text = file and file:read('*a') or ''
    if file then
      file:close()
    end
    return text:find('</html>') and text
  end)
  local _, findings = page:gsub('<article ', '')
  check.equal(findings, 2)
end)
