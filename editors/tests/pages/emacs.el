;;; emacs.el --- The lines of emacs.md in the real Emacs, in batch  -*- lexical-binding: t -*-
;; What a user would see, by the commands the page names.
;; emacs.py writes the lines into init.el, copies a disclosure, and calls one of the functions `test-...' below.

(require 'cl-lib)
(require 'flymake)
(require 'imenu)

(defvar limit 30 "Seconds for whatever is waited for; nothing comes near it.")

(defun be-idle ()
  "eglot sends changes once Emacs is idle, which batch Emacs never is."
  (mapc #'timer-event-handler (copy-sequence timer-idle-list)))

(defun wait-for (what condition)
  "Return the first true value of CONDITION, which is asked again and again."
  (let ((end (+ (float-time) limit)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) end)
        (error "Waited %s s for %s; findings: %S" limit what (ignore-errors (findings))))
      (be-idle)
      (accept-process-output nil 0.02))
    (message "ok: %s" what)
    value))

(defun check (what value)
  (unless value (error "Not so: %s" what))
  (message "ok: %s" what))

(defun visit (file)
  (find-file file)
  ;; eglot starts after the command that visited the file; batch Emacs has no command loop to run this.
  (run-hooks 'post-command-hook))

(defun finding-at (diagnostic)
  (cons (line-number-at-pos (flymake-diagnostic-beg diagnostic)) (flymake-diagnostic-text diagnostic)))

(defun findings ()
  "Lines and texts of the findings, in order."
  (flymake-start)
  (cl-sort (mapcar #'finding-at (flymake-diagnostics)) #'< :key #'car))

(defun wait-for-lines (lines)
  (wait-for (format "findings in lines %s" lines) (lambda () (equal (mapcar #'car (findings)) lines))))

(defun go-to (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun outline ()
  "The names `imenu' offers, whatever they are grouped by."
  (cl-labels ((names (entry) (cons (car entry) (when (listp (cdr entry)) (mapcan #'names (cdr entry))))))
    (mapcar #'substring-no-properties (mapcan #'names (funcall imenu-create-index-function)))))

(defun documentation-buffer ()
  "What `C-h .' shows."
  (eldoc t)
  (ignore-errors (with-current-buffer (eldoc-doc-buffer) (buffer-string))))

(defun fix (choice)
  "Run `eglot-code-actions' as from the keyboard and take CHOICE from the menu."
  (let ((last-nonmenu-event ?x))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt menu &rest _)
                 (check (format "%s is in the menu" choice) (assoc choice menu))
                 choice)))
      (call-interactively #'eglot-code-actions))))

(defun test-findings-hover-outline-and-fix (file)
  (visit file)
  (check "the mode is that of the page" (eq major-mode 'disclosure-mode))
  (wait-for-lines '(1650 1652 2235))
  (check "the finding says what is wrong" (string-match-p "512\\.52 应为" (cdr (nth 2 (findings)))))
  (go-to "512.52")
  (wait-for "the hover" (lambda () (string-match-p "资产总额等于四项之和" (or (documentation-buffer) ""))))
  (check "the outline has the tables and the sections"
         (cl-subsetp '("部门预算收支总表" "三、机关运行经费安排情况") (outline) :test #'equal))
  (fix "改为 521.52")
  (wait-for-lines '(1650 1652))
  (save-buffer))

(defun test-settings-take-effect-at-once (file)
  (let ((settings (default-value 'eglot-workspace-configuration)))
    (setq-default eglot-workspace-configuration nil)
    (visit file)
    (wait-for-lines '(1650 1652 2235))
    (setq-default eglot-workspace-configuration settings)
    (call-interactively #'eglot-signal-didChangeConfiguration)
    (wait-for "findings in English and none of the rule"
              (lambda () (and (string-match-p "is listed twice" (cdar (findings)))
                              (not (cl-some (lambda (f) (string-match-p "NN07" (cdr f))) (findings))))))))

(defun test-settings-hold-from-the-start (file)
  (visit file)
  (wait-for "findings in English and none of the rule"
            (lambda () (let ((found (findings)))
                         (and found (string-match-p "is listed twice" (cdar found))
                              (not (cl-some (lambda (f) (string-match-p "NN07" (cdr f))) found)))))))

(defun test-left-alone (file)
  (visit file)
  (check "no server manages the file" (not (and (fboundp 'eglot-current-server) (eglot-current-server))))
  (check "the mode is not that of disclosures" (not (eq major-mode 'disclosure-mode))))

(defun test-attached (file)
  (visit file)
  (wait-for-lines '(1650 1652 2235)))

(defun test-markdown (file)
  (visit file)
  (check "it is still Markdown" (derived-mode-p 'markdown-mode))
  (wait-for "four findings" (lambda () (= 4 (length (findings))))))

(defun test-lsp-mode (file)
  ;; An installed package has autoloads for its parts; here it is only unpacked.
  (mapc #'require '(lsp-mode lsp-diagnostics lsp-headerline lsp-lens lsp-modeline lsp-completion))
  (setq lsp-auto-guess-root t)
  (visit file)
  (lsp)
  (wait-for-lines '(1650 1652 2235))
  (go-to "512.52")
  (cl-letf (((symbol-function 'lsp--select-action) (lambda (actions) (elt actions 0))))
    (call-interactively #'lsp-execute-code-action))
  (wait-for-lines '(1650 1652))
  (save-buffer))
