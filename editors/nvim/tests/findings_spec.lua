-- Findings: where they stand, what they say, and how they follow the text.
local check = require('check')

check.case('findings stand at the figures in byte columns, with severity, code and related places', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, { 'NN05', 'NN07', 'AS01' })
  local finding = check.findings(bufnr)[3]
  check.equal({ finding.row, finding.from, finding.to }, { 2235, 1, 7 })
  check.equal(finding.severity, vim.diagnostic.severity.ERROR)
  check.contains(finding.message, '512.52 应为 521.52')

  -- Chinese characters stand before this one: bytes, UTF-16 units and characters differ.
  local narrative = check.findings(bufnr)[1]
  check.equal(narrative.code, 'NN05')
  check.equal(check.at(bufnr, narrative.row, narrative.from, narrative.to), '农产品质量安全监测18.50万元')

  local related = vim.diagnostic.get(bufnr, { lnum = 2234 })[1].user_data.lsp.relatedInformation
  check.equal(#related, 4)
  check.contains(related[1].message, '房屋')
  check.equal(related[1].location.range.start.line, 2238)
end)

check.case('a figure typed wrong is found while typing, and found no more after undo', function()
  local bufnr = check.open_fixture('tab/nongye.txt', '2025年部门预算.txt')
  check.equal(check.codes(bufnr), {})
  vim.api.nvim_win_set_cursor(0, { 2235, 1 })
  check.type('2lcl7<Esc>')
  check.equal(check.line(bufnr, 2235), '\t527.52')
  check.await_codes(bufnr, { 'AS01' })
  local finding = check.findings(bufnr)[1]
  check.equal(check.at(bufnr, finding.row, finding.from, finding.to), '527.52')
  check.type('u')
  check.equal(check.line(bufnr, 2235), '\t521.52')
  check.await_codes(bufnr, {})
end)

check.case('after many quick edits the findings are those of the same text opened afresh', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  math.randomseed(20251)
  for _ = 1, 300 do
    local row = math.random(vim.api.nvim_buf_line_count(bufnr)) - 1
    local line = check.line(bufnr, row + 1)
    local what = math.random(10)
    if what <= 6 then -- a digit changes
      local at = line:find('%d')
      if at then
        vim.api.nvim_buf_set_text(bufnr, row, at - 1, row, at, { tostring(math.random(0, 9)) })
      end
    elseif what <= 8 then -- a line comes
      vim.api.nvim_buf_set_lines(bufnr, row, row, false, { '其他说明：无。' })
    elseif row + 1 < vim.api.nvim_buf_line_count(bufnr) then -- a line and the next are parted anew
      vim.api.nvim_buf_set_text(bufnr, row, #line, row + 1, 0, { '', '' })
    end
  end
  local fresh = check.open(check.file('另存的部门预算.txt', check.text(bufnr) .. '\n'))
  check.judged(fresh)
  check.wait('equal findings', function()
    return #check.findings(fresh) > 0 and vim.deep_equal(check.findings(bufnr), check.findings(fresh))
  end)
end)

check.case('the preferred fix changes the figure and ends the finding', function()
  local bufnr = check.open_fixture('tab/nongye-faulty.txt', '2025年部门预算.txt')
  check.await_codes(bufnr, { 'NN05', 'NN07', 'AS01' })
  vim.api.nvim_win_set_cursor(0, { 2235, 3 })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.isPreferred
    end,
  })
  check.wait('the figure to change', function()
    return check.line(bufnr, 2235) == '\t521.52'
  end)
  check.await_codes(bufnr, { 'NN05', 'NN07' })
end)
