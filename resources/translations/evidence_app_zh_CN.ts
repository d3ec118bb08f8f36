<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Evidence App</source>
        <translation>关于本程序</translation>
    </message>
    <message>
        <source>Licences of all parts</source>
        <translation>各组成部分的许可证</translation>
    </message>
    <message>
        <source>Organizes evidence of debt-collection harassment.
Everything stays on this computer. {1}

Version {0}. The program never looks for newer versions by itself: look where you got this one from.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation>帮您整理被催收骚扰的证据。
所有内容只留在这台电脑上。{1}

版本 {0}。本程序不会自己检查新版本：请到您获取本程序的地方查看。
自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>New case…</source>
        <translation>新建证据夹…</translation>
    </message>
    <message>
        <source>Open case…</source>
        <translation>打开证据夹…</translation>
    </message>
    <message>
        <source>Open the sample case</source>
        <translation>看一个示例</translation>
    </message>
    <message>
        <source>Close case</source>
        <translation>关闭证据夹</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Write down…</source>
        <translation>写下经过…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Case details…</source>
        <translation>证据夹信息…</translation>
    </message>
    <message>
        <source>Evidence report (PDF)…</source>
        <translation>导出证据册（PDF）…</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>操作记录…</translation>
    </message>
    <message>
        <source>Automatic backups…</source>
        <translation>自动备份…</translation>
    </message>
    <message>
        <source>Recovery code…</source>
        <translation>恢复码…</translation>
    </message>
    <message>
        <source>Recover a damaged case…</source>
        <translation>从损坏的证据夹找回内容…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What this proves, and what it doesn’t</source>
        <translation>这能说明什么，不能说明什么</translation>
    </message>
    <message>
        <source>Follow system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Evidence package…</source>
        <translation>导出证据包（ZIP）…</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>搜索全部</translation>
    </message>
    <message>
        <source>Which rules apply…</source>
        <translation>适用哪些规则…</translation>
    </message>
    <message>
        <source>Table, text or web page…</source>
        <translation>导出为表格、文档或网页…</translation>
    </message>
    <message>
        <source>Check the case…</source>
        <translation>检查是否被改动…</translation>
    </message>
    <message>
        <source>Check code…</source>
        <translation>核对码…</translation>
    </message>
    <message>
        <source>Trusted timestamp…</source>
        <translation>可信时间戳…</translation>
    </message>
    <message>
        <source>Save a copy of the case…</source>
        <translation>另存一份…</translation>
    </message>
    <message>
        <source>Password…</source>
        <translation>密码…</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>Check an evidence package…</source>
        <translation>检查证据包…</translation>
    </message>
    <message>
        <source>Show the error log</source>
        <translation>查看程序日志</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>证据夹</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation>撤销：{0}</translation>
    </message>
    <message>
        <source>Redo: {0}</source>
        <translation>重做：{0}</translation>
    </message>
    <message>
        <source>About Evidence App</source>
        <translation>关于本程序</translation>
    </message>
</context>
<context>
    <name>BlackoutSection</name>
    <message>
        <source>Blacked out in exports: {0}</source>
        <translation>导出时涂黑：{0}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Black out the selected words in exports</source>
        <translation>导出时涂黑选中的文字</translation>
    </message>
    <message>
        <source>Select words above first. In the case they stay as they are.</source>
        <translation>请先在上面选中文字。证据夹里的原文不会改变。</translation>
    </message>
    <message>
        <source>Show all words in exports again</source>
        <translation>导出时恢复显示全部文字</translation>
    </message>
    <message>
        <source>Somebody else’s number? Black out {0}</source>
        <translation>是他人的号码？涂黑 {0}</translation>
    </message>
</context>
<context>
    <name>CallerList</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Somebody who is not listed: a name or a number</source>
        <translation>不在列表里的人：写姓名或号码</translation>
    </message>
    <message>
        <source>Nobody has called or written yet, as far as the case shows.</source>
        <translation>证据夹里还没有人来电或来信。</translation>
    </message>
</context>
<context>
    <name>CaseDialog</name>
    <message>
        <source>New case</source>
        <translation>新建证据夹</translation>
    </message>
    <message>
        <source>Case details</source>
        <translation>证据夹信息</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>My name</source>
        <translation>我的姓名</translation>
    </message>
    <message>
        <source>My numbers</source>
        <translation>我的号码</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Where I live</source>
        <translation>我所在的地区</translation>
    </message>
    <message>
        <source>Saved at</source>
        <translation>保存位置</translation>
    </message>
    <message>
        <source>For example: the lender’s name</source>
        <translation>例如：贷款平台的名称</translation>
    </message>
    <message>
        <source>Optional; printed on the cover of the report</source>
        <translation>可以不填；填了会印在证据册封面上</translation>
    </message>
    <message>
        <source>Optional; separate several with commas</source>
        <translation>多个号码用逗号分开；可以不填</translation>
    </message>
    <message>
        <source>Please write a title.</source>
        <translation>请填写标题。</translation>
    </message>
    <message>
        <source>Please choose a city from the list, or write a name such as Asia/Shanghai.</source>
        <translation>请从列表中选一个城市，也可以填写 Asia/Shanghai 这样的名称。</translation>
    </message>
    <message>
        <source>Please say where the case is saved.</source>
        <translation>请选择证据夹保存在哪里。</translation>
    </message>
    <message>
        <source>All of this can be changed later.</source>
        <translation>现在不确定也没关系，以后都能改。</translation>
    </message>
    <message>
        <source>Create case</source>
        <translation>创建证据夹</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>My case</source>
        <translation>我的证据夹</translation>
    </message>
    <message>
        <source>Save the case at</source>
        <translation>证据夹保存到</translation>
    </message>
</context>
<context>
    <name>CaseOpener</name>
    <message>
        <source>This case is open in another window.</source>
        <translation>这个证据夹已在另一个窗口中打开。</translation>
    </message>
    <message>
        <source>Only one window can change it at a time. You can look at it here meanwhile.</source>
        <translation>同一时间只有一个窗口可以修改它。您可以先在这里查看。</translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation>只查看，不修改</translation>
    </message>
    <message>
        <source>Nothing was changed. What is undamaged in it can be recovered into a new case, or an automatic backup can be restored.</source>
        <translation>没有任何改动。可以把其中完好的内容找回到新证据夹，或恢复程序自动备份。</translation>
    </message>
    <message>
        <source>Recover…</source>
        <translation>找回…</translation>
    </message>
    <message>
        <source>Automatic backups…</source>
        <translation>自动备份…</translation>
    </message>
    <message>
        <source>The file can be looked at, but not changed. What is undamaged in it can be recovered into a new case, or an automatic backup can be restored.</source>
        <translation>这个文件可以查看，但不能修改。您可以把其中完好的内容找回到新的证据夹，或者恢复一份自动备份。</translation>
    </message>
    <message>
        <source>There is often a simple reason: an older copy, or work on another computer. If you know the reason, you can continue; the history will record it. Otherwise look for another copy of the file, and keep this one too.</source>
        <translation>这往往有正常的原因，例如这是较早的一份，或者在别的电脑上用过。如果您清楚原因，可以继续，操作记录里会写明。如果不清楚，请先找另一份，并把这一份也留着。</translation>
    </message>
    <message>
        <source>The case file is so damaged that it cannot be opened.</source>
        <translation>证据夹文件损坏严重，无法打开。</translation>
    </message>
    <message>
        <source>The file can be looked at, but not changed. Look for another copy of it, and keep this one too.</source>
        <translation>这个文件可以查看，但不能修改。请另找一份副本，这一份也请留着。</translation>
    </message>
    <message>
        <source>I know why: go on</source>
        <translation>我知道原因，继续</translation>
    </message>
</context>
<context>
    <name>CaseSafety</name>
    <message>
        <source>{0} (copy)</source>
        <translation>{0}（副本）</translation>
    </message>
    <message>
        <source>Save a copy of the case</source>
        <translation>保存证据夹副本</translation>
    </message>
    <message>
        <source>The case is being copied…</source>
        <translation>正在复制证据夹…</translation>
    </message>
    <message>
        <source>Your later changes are backed up first, so nothing is lost.</source>
        <translation>那之后您做的改动会先自动备份，不会丢。</translation>
    </message>
    <message>
        <source>Restoring the backup…</source>
        <translation>正在恢复副本…</translation>
    </message>
    <message>
        <source>Rewriting the case…</source>
        <translation>正在重新写入证据夹…</translation>
    </message>
    <message>
        <source>Recover a damaged case</source>
        <translation>找回损坏的证据夹</translation>
    </message>
    <message>
        <source>{0} (recovered)</source>
        <translation>{0}（找回）</translation>
    </message>
    <message>
        <source>Save the recovered case at</source>
        <translation>找回出的证据夹保存到</translation>
    </message>
    <message>
        <source>Looking for undamaged files…</source>
        <translation>正在寻找完好的内容…</translation>
    </message>
    <message numerus="yes">
        <source>%n original file(s) were recovered completely.</source>
        <translation>
            <numerusform>已完整找回 %n 个原始文件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them had lost their names and are called “recovered-…”.</source>
        <translation>
            <numerusform>其中 %n 个失去了文件名，命名为“recovered-…”。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of descriptions, entries or tags are lost.</source>
        <translation>
            <numerusform>丢失了 %n 行描述、记录或标签。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For %n row(s) nothing shows any more whether they were altered, for the history was damaged too. The items concerned say so.</source>
        <translation>
            <numerusform>另有 %n 行内容，由于操作记录也已损坏，无法再证明它们没有被改动过。相关证据上会注明。</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy of the case is now at {0}.</source>
        <translation>证据夹副本已保存到 {0}。</translation>
    </message>
    <message>
        <source>Making an automatic backup on this computer…</source>
        <translation>正在这台电脑上保留一份证据夹副本…</translation>
    </message>
    <message>
        <source>The case will be as it was on {0}. Go on?</source>
        <translation>证据夹将回到 {0} 的样子。继续吗？</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>The damaged file was left as it is; please keep it.</source>
        <translation>损坏的文件没有动过，请先不要删除。</translation>
    </message>
    <message>
        <source>Damaged, and kept as far as they go: {0}</source>
        <translation>已损坏，尽量保留了剩余部分：{0}</translation>
    </message>
</context>
<context>
    <name>CertificatesSection</name>
    <message>
        <source>Certificates</source>
        <translation>第三方证明</translation>
    </message>
    <message>
        <source>File a certificate…</source>
        <translation>添加第三方证明…</translation>
    </message>
    <message>
        <source>Certificates from others, such as a notary’s deed or a timestamp certificate, kept with this item</source>
        <translation>公证书、可信时间戳、权利卫士等，与这件证据放在一起</translation>
    </message>
    <message>
        <source>does NOT fit</source>
        <translation>与这个文件不符</translation>
    </message>
    <message>
        <source>matches this file</source>
        <translation>与这个文件相符</translation>
    </message>
    <message>
        <source>Certifies “{0}”</source>
        <translation>所证明的证据：“{0}”</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Detach from this item</source>
        <translation>移开这份证明（文件仍保留）</translation>
    </message>
    <message>
        <source>File a certificate</source>
        <translation>添加第三方证明</translation>
    </message>
</context>
<context>
    <name>CheckCode</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Check code on the last pages of an evidence report</source>
        <translation>证据册最后几页上的核对码</translation>
    </message>
    <message>
        <source>The codes agree: the entries up to then are all still there, and later ones follow them.</source>
        <translation>核对一致：当时的操作记录都还在，之后的操作接在后面。</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对照</translation>
    </message>
</context>
<context>
    <name>CheckCodeCard</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>不用了</translation>
    </message>
    <message>
        <source>Check code</source>
        <translation>核对码</translation>
    </message>
    <message>
        <source>It is on the clipboard now: paste it into a message to somebody you trust.</source>
        <translation>已复制：可以粘贴到消息里，发给您信任的人。</translation>
    </message>
</context>
<context>
    <name>CheckCodeDialog</name>
    <message>
        <source>Check code</source>
        <translation>核对码</translation>
    </message>
    <message>
        <source>Current check code</source>
        <translation>当前核对码</translation>
    </message>
    <message>
        <source>Copy as one line</source>
        <translation>复制成一行</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Trusted timestamp…</source>
        <translation>可信时间戳…</translation>
    </message>
</context>
<context>
    <name>CheckCodeLine</name>
    <message>
        <source>Check code of the case with a password, {0}</source>
        <translation>有密码的证据夹的核对码，{0}</translation>
    </message>
    <message>
        <source>Check code of “{0}”, {1}</source>
        <translation>“{0}”的核对码，{1}</translation>
    </message>
    <message>
        <source>This line stands for the whole history of the case up to now; nobody can read from it what is in the case. Send it to yourself, a lawyer or a friend, or print it: whoever has it can see later whether that history is still the same. If you want an independent service to vouch for the date as well, open the case and choose “Trusted timestamp” in the Case menu.</source>
        <translation>这一行代表证据夹到目前为止的全部操作记录，别人无法从中看出里面的内容。您可以把它发给自己、律师或朋友，也可以打印出来：以后拿它一对，就能知道这些记录有没有变。如果还想让独立的第三方证明时间，请打开证据夹，在“证据夹”菜单里选择“可信时间戳”。</translation>
    </message>
</context>
<context>
    <name>Closer</name>
    <message>
        <source>Files are still being imported.</source>
        <translation>文件还在导入。</translation>
    </message>
    <message>
        <source>If you stop now, what is in the case already stays there. The other files are not imported.</source>
        <translation>如果现在停止，已经导入的内容都会保留，其余文件不会导入。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Go on importing</source>
        <translation>继续导入</translation>
    </message>
</context>
<context>
    <name>ConversationParts</name>
    <message>
        <source>Date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>Who wrote</source>
        <translation>谁写的</translation>
    </message>
    <message>
        <source>The words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What part {0} is</source>
        <translation>第 {0} 部分是什么</translation>
    </message>
    <message>
        <source>Two parts cannot be the same.</source>
        <translation>两个部分不能是同一种内容。</translation>
    </message>
</context>
<context>
    <name>CopiesDialog</name>
    <message>
        <source>Put back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Automatic backups of “{0}”</source>
        <translation>“{0}”自动备份</translation>
    </message>
    <message>
        <source>After each session with changes the program makes a backup on this computer. If you restore one, the case goes back to how it was then. Today’s version is backed up first.</source>
        <translation>每次用完，只要有改动，程序就会在这台电脑上自动备份一份。恢复某份备份后，证据夹会回到当时的样子；现在的内容也会先备份，不会丢。</translation>
    </message>
    <message>
        <source>There is no automatic backup yet.</source>
        <translation>还没有自动备份。</translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation>只查看，不修改</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>After a session with changes</source>
        <translation>用完后自动备份</translation>
    </message>
    <message>
        <source>Before the file was brought up to date</source>
        <translation>证据夹文件更新之前</translation>
    </message>
    <message>
        <source>Before another backup was restored</source>
        <translation>恢复另一份副本之前</translation>
    </message>
    <message>
        <source>After the password was changed</source>
        <translation>更改密码之后</translation>
    </message>
</context>
<context>
    <name>CreditorWords</name>
    <message>
        <source>I don’t know</source>
        <translation>我不清楚</translation>
    </message>
    <message>
        <source>A bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>A consumer finance company</source>
        <translation>消费金融公司</translation>
    </message>
    <message>
        <source>A small-loan company</source>
        <translation>小额贷款公司</translation>
    </message>
    <message>
        <source>A private person</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>A company that bought the debt</source>
        <translation>受让债权的公司</translation>
    </message>
    <message>
        <source>An agency that collects for somebody else</source>
        <translation>替他人催收的机构</translation>
    </message>
    <message>
        <source>Another lender</source>
        <translation>其他出借方</translation>
    </message>
    <message>
        <source>Collects for somebody else</source>
        <translation>替别的债主催收</translation>
    </message>
    <message>
        <source>The lender itself</source>
        <translation>就是出借方自己</translation>
    </message>
    <message>
        <source>An agency working for the lender</source>
        <translation>替出借方催收的机构</translation>
    </message>
    <message>
        <source>Somebody of the agency {0}</source>
        <translation>“{0}”的催收员</translation>
    </message>
</context>
<context>
    <name>CustodyDialog</name>
    <message>
        <source>History</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Every change is recorded here as it is made, and each entry is linked to the one before. If an entry is changed later, the check finds it.</source>
        <translation>每次改动都会立即记在这里，每一条都与前面的各条相连。事后改动任何一条，检查时都会发现。</translation>
    </message>
    <message>
        <source>Times in {0}</source>
        <translation>时间按此时区显示：{0}</translation>
    </message>
    <message>
        <source>This is the history of the case up to the package. What the package does not tell is left out of it.</source>
        <translation>这是生成证据包之前的操作记录。证据包没有披露的内容，这里也不显示。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the selected entries, or all if none is selected</source>
        <translation>复制选中的各条；没有选中时复制全部</translation>
    </message>
</context>
<context>
    <name>CustodyWords</name>
    <message>
        <source>title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>place</source>
        <translation>所在地区</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>role</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>“{0}”</translation>
    </message>
    <message>
        <source>an item</source>
        <translation>一件证据</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>一位人员</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform> %n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>the password of the file</source>
        <translation>文件的密码</translation>
    </message>
    <message>
        <source>what the columns contain</source>
        <translation>各列是什么内容</translation>
    </message>
    <message>
        <source>the order of day and month</source>
        <translation>日期中日和月的顺序</translation>
    </message>
    <message>
        <source>which side is yours</source>
        <translation>哪一方是您</translation>
    </message>
    <message>
        <source>the time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>the words for directions</source>
        <translation>表示呼入、呼出的词</translation>
    </message>
    <message>
        <source>seconds or minutes</source>
        <translation>时长按秒还是按分钟</translation>
    </message>
    <message>
        <source>how letters are written down</source>
        <translation>文字的编码</translation>
    </message>
    <message>
        <source>which year the dates are from</source>
        <translation>这些日期是哪一年的</translation>
    </message>
    <message>
        <source>whose conversation it is</source>
        <translation>与谁的对话</translation>
    </message>
    <message>
        <source>Exported “{0}”.</source>
        <translation>导出了“{0}”。</translation>
    </message>
    <message>
        <source>Exported the evidence report as “{0}”.</source>
        <translation>导出了证据册“{0}”。</translation>
    </message>
    <message>
        <source>Exported the evidence package as “{0}”.</source>
        <translation>导出了证据包“{0}”。</translation>
    </message>
    <message>
        <source>Exported the table of entries as “{0}”.</source>
        <translation>导出了记录表格“{0}”。</translation>
    </message>
    <message>
        <source>Changed the time zone of the case to {0}.</source>
        <translation>把证据夹的时区改为 {0}。</translation>
    </message>
    <message>
        <source>Changed the case details: {0}.</source>
        <translation>修改了证据夹信息：{0}。</translation>
    </message>
    <message>
        <source>Added “{0}” with {1}.</source>
        <translation>添加了“{0}”，含 {1}。</translation>
    </message>
    <message>
        <source>Added “{0}”.</source>
        <translation>添加了“{0}”。</translation>
    </message>
    <message>
        <source>Renamed {0} to “{1}”.</source>
        <translation>把{0}改名为“{1}”。</translation>
    </message>
    <message>
        <source>Changed the note on {0}.</source>
        <translation>修改了{0}的备注。</translation>
    </message>
    <message>
        <source>Changed an entry: {0}.</source>
        <translation>修改了一条记录：{0}。</translation>
    </message>
    <message>
        <source>Said that the time of {0} is not known.</source>
        <translation>注明{0}的时间不明。</translation>
    </message>
    <message>
        <source>Corrected the time of {0} to {1}.</source>
        <translation>把{0}的时间更正为 {1}。</translation>
    </message>
    <message>
        <source>Said who is behind {0}: {1}.</source>
        <translation>填写了号码 {0} 是谁的：{1}。</translation>
    </message>
    <message>
        <source>Changed {0}: {1}.</source>
        <translation>修改了{0}：{1}。</translation>
    </message>
    <message numerus="yes">
        <source>Merged %n more person(s)</source>
        <translation>
            <numerusform>把另外 %n 位人员</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} into {1}.</source>
        <translation>{0}合并到{1}。</translation>
    </message>
    <message>
        <source>Made {0} somebody else’s, no longer {1}’s.</source>
        <translation>把 {0} 从{1}分给了另一个人。</translation>
    </message>
    <message>
        <source>Noted that {0} is also in the archive {1}.</source>
        <translation>注明{0}也在压缩包{1}里。</translation>
    </message>
    <message>
        <source>Noted that {0} was found in another folder as well.</source>
        <translation>注明{0}在另一个文件夹里也有。</translation>
    </message>
    <message numerus="yes">
        <source>Linked %n new item(s) with what belongs to them.</source>
        <translation>
            <numerusform>把新加的 %n 件证据与相关内容关联起来。</numerusform>
        </translation>
    </message>
    <message>
        <source>Read “{0}” again after an answer.</source>
        <translation>按您的回答重新读取了“{0}”。</translation>
    </message>
    <message>
        <source>Answered a question about {0}: {1}.</source>
        <translation>回答了关于{0}的问题：{1}。</translation>
    </message>
    <message>
        <source>Said that {0} come(s) from “{1}”.</source>
        <translation>注明{0}来自“{1}”。</translation>
    </message>
    <message>
        <source>Created the tag “{0}”.</source>
        <translation>新建了标签“{0}”。</translation>
    </message>
    <message>
        <source>Renamed a tag to “{0}”.</source>
        <translation>把一个标签改名为“{0}”。</translation>
    </message>
    <message>
        <source>Deleted a tag.</source>
        <translation>删除了一个标签。</translation>
    </message>
    <message>
        <source>Changed the colour of a tag.</source>
        <translation>修改了一个标签的颜色。</translation>
    </message>
    <message>
        <source>Put a tag on {0} that was deleted later.</source>
        <translation>给{0}加了一个标签，该标签后来已删除。</translation>
    </message>
    <message>
        <source>Put the tag “{1}” on {0}.</source>
        <translation>给{0}加了标签“{1}”。</translation>
    </message>
    <message>
        <source>Removed a tag from {0} that was deleted later.</source>
        <translation>取下了{0}的一个标签，该标签后来已删除。</translation>
    </message>
    <message>
        <source>Removed the tag “{1}” from {0}.</source>
        <translation>取下了{0}的标签“{1}”。</translation>
    </message>
    <message>
        <source>Blacked out parts of {0} in exports.</source>
        <translation>设置导出时涂黑{0}的部分内容。</translation>
    </message>
    <message>
        <source>Put marks on {0}.</source>
        <translation>在{0}上添加了标注。</translation>
    </message>
    <message>
        <source>Changed the note on a marked violation.</source>
        <translation>修改了一条违规标记的备注。</translation>
    </message>
    <message>
        <source>Confirmed suggestions by rule or type: {0}.</source>
        <translation>确认了依据以下规则的建议：{0}。</translation>
    </message>
    <message>
        <source>Dismissed suggestions by rule or type: {0}.</source>
        <translation>忽略了依据以下规则的建议：{0}。</translation>
    </message>
    <message>
        <source>Left suggestions by rule or type open: {0}.</source>
        <translation>暂不决定依据以下规则的建议：{0}。</translation>
    </message>
    <message>
        <source>Marked {0} as “{1}”.</source>
        <translation>已将{0}标记为“{1}”。</translation>
    </message>
    <message>
        <source>Removed a debt from the list.</source>
        <translation>从列表中移除了一笔债务。</translation>
    </message>
    <message>
        <source>Changed what is written of a debt.</source>
        <translation>修改了所写的债务内容。</translation>
    </message>
    <message>
        <source>Wrote a debt down.</source>
        <translation>记下了一笔债务。</translation>
    </message>
    <message>
        <source>Switched the rulebook “{0}” on.</source>
        <translation>启用了规则集“{0}”。</translation>
    </message>
    <message>
        <source>Switched the rulebook “{0}” off.</source>
        <translation>停用了规则集“{0}”。</translation>
    </message>
    <message>
        <source>Took decisions back: {0}.</source>
        <translation>撤回了决定：{0}。</translation>
    </message>
    <message>
        <source>Unmarked {0}: no longer “{1}”.</source>
        <translation>取消了{0}的标记“{1}”。</translation>
    </message>
    <message>
        <source>Permanently deleted “{0}”.</source>
        <translation>永久删除了“{0}”。</translation>
    </message>
    <message>
        <source>Permanently deleted “{0}” (reason: {1}).</source>
        <translation>永久删除了“{0}”（理由：{1}）。</translation>
    </message>
    <message numerus="yes">
        <source>A wrong password was entered %n time(s).</source>
        <translation>
            <numerusform>有 %n 次输入了错误的密码。</numerusform>
        </translation>
    </message>
    <message>
        <source>Restored the automatic backup of {0}.</source>
        <translation>恢复了 {0} 的自动备份。</translation>
    </message>
    <message numerus="yes">
        <source>%n original file(s)</source>
        <translation>
            <numerusform>%n 个原始文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Recovered what was left in “{0}”: {1}.</source>
        <translation>从“{0}”找回了内容：{1}。</translation>
    </message>
    <message>
        <source>Kept what is left of a damaged original file.</source>
        <translation>保存了一个损坏的原始文件的剩余部分。</translation>
    </message>
    <message>
        <source>Recovered an original file.</source>
        <translation>找回了一个原始文件。</translation>
    </message>
    <message>
        <source>Detached the certificate {0} from {1}.</source>
        <translation>把第三方证明{0}从{1}移开。</translation>
    </message>
    <message>
        <source>Filed {0} as certificate(s) of {1}.</source>
        <translation>把{0}添加为{1}的第三方证明。</translation>
    </message>
    <message>
        <source>Saved a trusted timestamp to a folder.</source>
        <translation>另存了一个第三方时间戳。</translation>
    </message>
    <message>
        <source>Saved a copy of the original file {0}.</source>
        <translation>另存了原始文件{0}。</translation>
    </message>
    <message>
        <source>Read the text of {0}.</source>
        <translation>识别了{0}的文字。</translation>
    </message>
    <message numerus="yes">
        <source>Joined the screenshots of %n conversation(s).</source>
        <translation>
            <numerusform>把 %n 段对话的截图拼接在一起。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compared %n new screenshot(s) with the others.</source>
        <translation>
            <numerusform>把 %n 张新截图与其他截图作了比对。</numerusform>
        </translation>
    </message>
    <message>
        <source>Corrected the text that was read from {0}.</source>
        <translation>更正了从{0}读出的文字。</translation>
    </message>
    <message>
        <source>Added the transcript “{0}” to {1}.</source>
        <translation>为{1}添加了文字稿“{0}”。</translation>
    </message>
    <message>
        <source>Changed the transcript of {0}.</source>
        <translation>修改了{0}的文字稿。</translation>
    </message>
    <message numerus="yes">
        <source>Accepted %n entry(ies) read from pictures.</source>
        <translation>
            <numerusform>采用了从图片读出的 %n 条记录。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped %n entry(ies) read from pictures.</source>
        <translation>
            <numerusform>忽略了从图片读出的 %n 条记录。</numerusform>
        </translation>
    </message>
    <message>
        <source>Created the case “{0}”.</source>
        <translation>新建了证据夹“{0}”。</translation>
    </message>
    <message>
        <source>Wrote down “{0}”.</source>
        <translation>写下了“{0}”。</translation>
    </message>
    <message>
        <source>Changed a mark on {0}.</source>
        <translation>修改了{0}上的标注。</translation>
    </message>
    <message>
        <source>Removed marks from {0}.</source>
        <translation>移除了{0}上的标注。</translation>
    </message>
    <message>
        <source>Changed the saved search “{0}”.</source>
        <translation>更改了保存的搜索“{0}”。</translation>
    </message>
    <message>
        <source>Moved {0} to the trash.</source>
        <translation>把{0}移到了回收站。</translation>
    </message>
    <message>
        <source>Restored {0} from the trash.</source>
        <translation>把{0}从回收站放回。</translation>
    </message>
    <message>
        <source>Got a trusted timestamp from {0}.</source>
        <translation>取得了 {0} 的第三方时间戳。</translation>
    </message>
    <message>
        <source>Undone: {0}.</source>
        <translation>撤销了：{0}。</translation>
    </message>
    <message>
        <source>Done again: {0}.</source>
        <translation>重做了：{0}。</translation>
    </message>
    <message>
        <source>Created the case.</source>
        <translation>新建了证据夹。</translation>
    </message>
    <message>
        <source>Brought the case file up to a newer version of the program.</source>
        <translation>把证据夹更新到新版程序的格式。</translation>
    </message>
    <message>
        <source>Continued on another computer.</source>
        <translation>在另一台电脑上继续使用。</translation>
    </message>
    <message>
        <source>Continued with a file that differed from the one last seen.</source>
        <translation>文件与上次不同，确认后继续使用。</translation>
    </message>
    <message>
        <source>Changed the case details.</source>
        <translation>修改了证据夹信息。</translation>
    </message>
    <message>
        <source>Added a file.</source>
        <translation>添加了一个文件。</translation>
    </message>
    <message>
        <source>Wrote something down.</source>
        <translation>写下了一段经过。</translation>
    </message>
    <message>
        <source>Changed an item.</source>
        <translation>修改了一件证据。</translation>
    </message>
    <message>
        <source>Changed an entry.</source>
        <translation>修改了一条记录。</translation>
    </message>
    <message>
        <source>Corrected a time.</source>
        <translation>更正了一个时间。</translation>
    </message>
    <message>
        <source>Changed what is known of a person.</source>
        <translation>修改了一位人员的信息。</translation>
    </message>
    <message>
        <source>Merged people.</source>
        <translation>合并了人员。</translation>
    </message>
    <message>
        <source>Split a person.</source>
        <translation>拆分了一位人员。</translation>
    </message>
    <message>
        <source>Linked files that belong together.</source>
        <translation>关联了相关的文件。</translation>
    </message>
    <message>
        <source>Answered a question.</source>
        <translation>回答了一个问题。</translation>
    </message>
    <message>
        <source>Said from which device files come.</source>
        <translation>注明了文件来自哪台设备。</translation>
    </message>
    <message>
        <source>Read the text of a picture.</source>
        <translation>识别了一张图片的文字。</translation>
    </message>
    <message>
        <source>Looked for screenshots that belong together.</source>
        <translation>查找了属于同一段对话的截图。</translation>
    </message>
    <message>
        <source>Corrected text that was read from evidence.</source>
        <translation>更正了从证据中识别出的文字。</translation>
    </message>
    <message>
        <source>Changed the transcript of a recording.</source>
        <translation>修改了一段录音的文字稿。</translation>
    </message>
    <message>
        <source>Accepted entries that were read from pictures.</source>
        <translation>采用了从图片中识别出的记录。</translation>
    </message>
    <message>
        <source>Dropped entries that were read from pictures.</source>
        <translation>忽略了从图片中识别出的记录。</translation>
    </message>
    <message>
        <source>Changed a tag.</source>
        <translation>修改了一个标签。</translation>
    </message>
    <message>
        <source>Put a tag on something.</source>
        <translation>加了一个标签。</translation>
    </message>
    <message>
        <source>Removed a tag from something.</source>
        <translation>取下了一个标签。</translation>
    </message>
    <message>
        <source>Marked a violation.</source>
        <translation>标记了一处违规。</translation>
    </message>
    <message>
        <source>Dismissed a suggestion.</source>
        <translation>忽略了一条建议。</translation>
    </message>
    <message>
        <source>Left a suggestion open.</source>
        <translation>暂不决定一条建议。</translation>
    </message>
    <message>
        <source>Changed what is known of a debt.</source>
        <translation>修改了债务信息。</translation>
    </message>
    <message>
        <source>Switched a rulebook.</source>
        <translation>切换了一个规则集。</translation>
    </message>
    <message>
        <source>Unmarked a violation.</source>
        <translation>取消了一处违规标记。</translation>
    </message>
    <message>
        <source>Put marks on evidence.</source>
        <translation>在证据上添加了标注。</translation>
    </message>
    <message>
        <source>Changed a mark on evidence.</source>
        <translation>修改了证据上的标注。</translation>
    </message>
    <message>
        <source>Removed marks from evidence.</source>
        <translation>移除了证据上的标注。</translation>
    </message>
    <message>
        <source>Changed the saved searches.</source>
        <translation>更改了保存的搜索。</translation>
    </message>
    <message>
        <source>Moved something to the trash.</source>
        <translation>把证据移到了回收站。</translation>
    </message>
    <message>
        <source>Restored something from the trash.</source>
        <translation>从回收站放回了证据。</translation>
    </message>
    <message>
        <source>Permanently deleted an item.</source>
        <translation>永久删除了一件证据。</translation>
    </message>
    <message>
        <source>Set a password.</source>
        <translation>设置了密码。</translation>
    </message>
    <message>
        <source>Changed the password.</source>
        <translation>更改了密码。</translation>
    </message>
    <message>
        <source>Removed the password.</source>
        <translation>取消了密码。</translation>
    </message>
    <message>
        <source>A wrong password was entered.</source>
        <translation>输入过错误的密码。</translation>
    </message>
    <message>
        <source>Restored an automatic backup.</source>
        <translation>恢复了一份自动备份。</translation>
    </message>
    <message>
        <source>Recovered what was left of a damaged case.</source>
        <translation>从损坏的证据夹找回了内容。</translation>
    </message>
    <message>
        <source>Got a trusted timestamp.</source>
        <translation>取得了一个第三方时间戳。</translation>
    </message>
    <message>
        <source>Filed a certificate.</source>
        <translation>添加了一份第三方证明。</translation>
    </message>
    <message>
        <source>Saved a copy of an original file.</source>
        <translation>另存了一个原始文件。</translation>
    </message>
    <message>
        <source>Exported something.</source>
        <translation>导出了内容。</translation>
    </message>
    <message>
        <source>Undid the step before.</source>
        <translation>撤销了上一步。</translation>
    </message>
    <message>
        <source>Did an undone step again.</source>
        <translation>重做了撤销的一步。</translation>
    </message>
    <message>
        <source>A newer version of the program did something that this version does not know.</source>
        <translation>新版程序做了一项操作，当前版本不认识。</translation>
    </message>
</context>
<context>
    <name>DayField</name>
    <message>
        <source>I don’t know</source>
        <translation>我不清楚</translation>
    </message>
</context>
<context>
    <name>DayStrip</name>
    <message>
        <source>Entries per day</source>
        <translation>每天的记录</translation>
    </message>
    <message>
        <source>Left and right go to the day before and after.</source>
        <translation>按左右键查看前一天、后一天。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DebtDialog</name>
    <message>
        <source>Borrowed on</source>
        <translation>借款日期</translation>
    </message>
    <message>
        <source>To be paid by</source>
        <translation>应还日期</translation>
    </message>
    <message>
        <source>I don’t know</source>
        <translation>我不清楚</translation>
    </message>
    <message>
        <source>As you know it: the name of the app, the bank or the person</source>
        <translation>按您知道的写：平台、银行或个人的名字</translation>
    </message>
    <message>
        <source>Write down a debt</source>
        <translation>写下一笔债务</translation>
    </message>
    <message>
        <source>A debt and who collects it</source>
        <translation>一笔债务和催收方</translation>
    </message>
    <message>
        <source>Who lends and who collects decides which rules apply. Leave open what you don’t know; you can come back at any time.</source>
        <translation>谁出借、谁催收，决定了适用哪些规则。不清楚的可以先空着，以后随时再填。</translation>
    </message>
    <message>
        <source>For example: credit card, online loan</source>
        <translation>例如：信用卡、网贷</translation>
    </message>
    <message>
        <source>Of the contract or account, as far as you know it</source>
        <translation>合同或账户的编号，知道多少写多少</translation>
    </message>
    <message>
        <source>With its currency, for example: 5,000 yuan</source>
        <translation>带上币种，例如：5000 元</translation>
    </message>
    <message>
        <source>Who lent the money</source>
        <translation>谁借给您的</translation>
    </message>
    <message>
        <source>What they are</source>
        <translation>出借方是</translation>
    </message>
    <message>
        <source>What kind of loan</source>
        <translation>什么贷款</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Days overdue</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Who calls or writes to you about it?</source>
        <translation>为这笔债务联系您的是谁？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Please write who lent the money.</source>
        <translation>请写下是谁借给您的。</translation>
    </message>
    <message>
        <source>That is before the money was borrowed. Please check.</source>
        <translation>这个日期早于借款日期，请核对。</translation>
    </message>
</context>
<context>
    <name>DebtsPanel</name>
    <message>
        <source>Debts and who collects</source>
        <translation>债务和催收方</translation>
    </message>
    <message>
        <source>What you owe and who collects it decides which rules apply. Write down what you know; what you don’t know can stay open.</source>
        <translation>欠什么、由谁催收，决定了适用哪些规则。知道的写下来，不清楚的可以先空着。</translation>
    </message>
    <message>
        <source>Add a debt…</source>
        <translation>添加债务…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) overdue</source>
        <translation>
            <numerusform>逾期 %n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n collect(s) for it</source>
        <translation>
            <numerusform>%n 人在催收</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Open a case</source>
        <translation>打开证据夹</translation>
    </message>
    <message>
        <source>Making the sample case…</source>
        <translation>正在制作示例证据夹…</translation>
    </message>
</context>
<context>
    <name>DestroyDialog</name>
    <message>
        <source>Delete permanently</source>
        <translation>永久删除</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>……还有 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>The original files and all their entries, notes and tags are deleted and overwritten. This cannot be undone. The history keeps the file names, the SHA-256 values and your reason, so that you can show later what was deleted, and why.</source>
        <translation>原始文件以及与之相关的记录、备注和标签都会被删除，并在文件中被覆盖，无法恢复。操作记录会保留文件名、校验值和您写的理由，日后可以说明删除了什么、为什么删除。</translation>
    </message>
    <message>
        <source>Please think twice. A court may ask for anything that bears on the dispute, so don’t delete it. Items in the trash are never shown or exported.</source>
        <translation>请再想一想：与纠纷有关的材料，法院可能会要求提供，请不要删除。留在回收站里就可以，那里的内容不会显示，也不会导出。</translation>
    </message>
    <message>
        <source>Also delete the automatic backups of this case on this computer</source>
        <translation>同时删除这台电脑上的自动备份</translation>
    </message>
    <message>
        <source>The backups still hold what is deleted now.</source>
        <translation>备份里仍有现在要删除的内容。</translation>
    </message>
    <message>
        <source>Please write why.</source>
        <translation>请写明理由。</translation>
    </message>
    <message>
        <source>For example: it is somebody else’s</source>
        <translation>例如：误加了与此事无关的他人照片</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>I still have it</source>
        <translation>这台设备还在我手里</translation>
    </message>
    <message>
        <source>From which phone or computer?</source>
        <translation>来自哪部手机或电脑？</translation>
    </message>
    <message>
        <source>e.g. my Huawei P40 (you can leave this empty)</source>
        <translation>例如：我的华为 P40（可以不填）</translation>
    </message>
    <message>
        <source>A court may want to see the device itself. Please keep it and don’t reset it. It is named in the evidence report.</source>
        <translation>法院可能要查看原来的设备，请尽量不要丢弃或恢复出厂设置。证据册里会写明是哪台设备。</translation>
    </message>
</context>
<context>
    <name>DossierPreview</name>
    <message>
        <source>Preview of the evidence report</source>
        <translation>证据册预览</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to add. Your files are not changed; the case keeps a copy.</source>
        <translation>在这里松手。您的文件不会被改动，这里只保存一份副本。</translation>
    </message>
</context>
<context>
    <name>DroppedCasesDialog</name>
    <message>
        <source>Cases</source>
        <translation>证据夹</translation>
    </message>
    <message>
        <source>“{0}” is a case of this program, not a piece of evidence.</source>
        <translation>“{0}”是本程序的证据夹，不是一件证据。</translation>
    </message>
    <message numerus="yes">
        <source>%n of these files are cases of this program, not pieces of evidence. One can be open at a time.</source>
        <translation>
            <numerusform>其中 %n 个文件是本程序的证据夹，不是证据。一次只能打开一个。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n other file(s) are not added if you open a case.</source>
        <translation>
            <numerusform>如果打开证据夹，另外 %n 个文件不会添加。</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开证据夹</translation>
    </message>
    <message>
        <source>Add only the other files</source>
        <translation>只添加其他文件</translation>
    </message>
    <message>
        <source>Keep it as a file</source>
        <translation>当作文件保存</translation>
    </message>
    <message>
        <source>The case file itself becomes a piece of evidence; it is not opened.</source>
        <translation>证据夹文件本身作为一件证据保存，不会打开。</translation>
    </message>
</context>
<context>
    <name>EditWords</name>
    <message>
        <source>Undone: {0}</source>
        <translation>已撤销：{0}</translation>
    </message>
    <message>
        <source>Done again: {0}</source>
        <translation>已重做：{0}</translation>
    </message>
    <message>
        <source>The case details were changed</source>
        <translation>证据夹信息已修改</translation>
    </message>
    <message>
        <source>Your note is on the timeline</source>
        <translation>您写的经过已放入时间线</translation>
    </message>
    <message>
        <source>The note was saved</source>
        <translation>备注已保存</translation>
    </message>
    <message>
        <source>The title was changed</source>
        <translation>标题已修改</translation>
    </message>
    <message>
        <source>The entry was changed</source>
        <translation>记录已修改</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) corrected</source>
        <translation>
            <numerusform>已更正 %n 条的时间</numerusform>
        </translation>
    </message>
    <message>
        <source>The person’s details were changed</source>
        <translation>人员信息已修改</translation>
    </message>
    <message numerus="yes">
        <source>%n people merged</source>
        <translation>
            <numerusform>已合并 %n 位人员</numerusform>
        </translation>
    </message>
    <message>
        <source>The person was split in two</source>
        <translation>已拆分为两位人员</translation>
    </message>
    <message numerus="yes">
        <source>Device noted for %n item(s)</source>
        <translation>
            <numerusform>已记下 %n 件证据来自哪台设备</numerusform>
        </translation>
    </message>
    <message>
        <source>The tag was deleted</source>
        <translation>标签已删除</translation>
    </message>
    <message>
        <source>The tag was changed</source>
        <translation>标签已修改</translation>
    </message>
    <message>
        <source>The tag was created</source>
        <translation>标签已创建</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) tagged “{0}”</source>
        <translation>
            <numerusform>已给 %n 条加上标签“{0}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag “{0}” removed from %n item(s)</source>
        <translation>
            <numerusform>已从 %n 条去掉标签“{0}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) confirmed</source>
        <translation>
            <numerusform>已确认 %n 条建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) marked: {0}</source>
        <translation>
            <numerusform>已标记 %n 条：{0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) dismissed</source>
        <translation>
            <numerusform>已忽略 %n 条建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) left open</source>
        <translation>
            <numerusform>%n 条建议暂不决定</numerusform>
        </translation>
    </message>
    <message>
        <source>The debt was removed from the list</source>
        <translation>已从列表中移除该笔债务</translation>
    </message>
    <message>
        <source>The debt was written down</source>
        <translation>债务已记下</translation>
    </message>
    <message>
        <source>The rulebook is asked from now on</source>
        <translation>今后将依据该规则集</translation>
    </message>
    <message>
        <source>The rulebook is no longer asked</source>
        <translation>今后不再依据该规则集</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) taken back</source>
        <translation>
            <numerusform>已撤回 %n 项决定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark removed from %n item(s): {0}</source>
        <translation>
            <numerusform>已取消 %n 条的标记：{0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) will be blacked out in exports</source>
        <translation>
            <numerusform>导出时将涂黑 %n 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) added</source>
        <translation>
            <numerusform>已添加 %n 个标注</numerusform>
        </translation>
    </message>
    <message>
        <source>The mark was changed</source>
        <translation>标注已修改</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) will be shown in exports again</source>
        <translation>
            <numerusform>导出时将恢复显示 %n 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) removed</source>
        <translation>
            <numerusform>已移除 %n 个标注</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) moved to the trash</source>
        <translation>
            <numerusform>%n 件证据已移到回收站</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) put back from the trash</source>
        <translation>
            <numerusform>%n 件证据已从回收站放回</numerusform>
        </translation>
    </message>
    <message>
        <source>The certificate was detached</source>
        <translation>已移开这份证明</translation>
    </message>
    <message numerus="yes">
        <source>%n certificate(s) filed</source>
        <translation>
            <numerusform>已放入 %n 份证明</numerusform>
        </translation>
    </message>
    <message>
        <source>The search was saved</source>
        <translation>搜索已保存</translation>
    </message>
    <message>
        <source>The saved search was removed</source>
        <translation>已删除保存的搜索</translation>
    </message>
    <message>
        <source>The text was corrected</source>
        <translation>文字已更正</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of a transcript added</source>
        <translation>
            <numerusform>已添加文字稿 %n 段</numerusform>
        </translation>
    </message>
    <message>
        <source>The transcript was changed</source>
        <translation>文字稿已修改</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) put on the timeline</source>
        <translation>
            <numerusform>%n 条记录已放入时间线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested entry(ies) dropped</source>
        <translation>
            <numerusform>已忽略 %n 条建议的记录</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>This list could not be read</source>
        <translation>这个列表没能读出来</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>EntryDialog</name>
    <message>
        <source>Write down what happened</source>
        <translation>记录发生的事</translation>
    </message>
    <message>
        <source>Day and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>Only the day</source>
        <translation>只知道日期</translation>
    </message>
    <message>
        <source>I don’t know when</source>
        <translation>不记得时间</translation>
    </message>
    <message>
        <source>Who reached out</source>
        <translation>谁联系谁</translation>
    </message>
    <message>
        <source>What is known of the time</source>
        <translation>时间知道多少</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>A number or a name; may stay empty</source>
        <translation>号码或称呼；不知道可以不填</translation>
    </message>
    <message>
        <source>Who came or called, what they said and did, who else was there…</source>
        <translation>例如：谁来过或来过电话，说了什么、做了什么，当时还有谁在场</translation>
    </message>
    <message>
        <source>Please write what happened.</source>
        <translation>请写下发生了什么。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Time in {0}</source>
        <translation>时间按此时区填写：{0}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>In your words</source>
        <translation>用您自己的话</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>ErrorBox</name>
    <message>
        <source>Save a copy…</source>
        <translation>保存副本…</translation>
    </message>
</context>
<context>
    <name>EventMenu</name>
    <message>
        <source>Open evidence</source>
        <translation>打开证据</translation>
    </message>
    <message>
        <source>Labels…</source>
        <translation>违规和标签…</translation>
    </message>
    <message>
        <source>Correct the time…</source>
        <translation>更正时间…</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Show only {0}</source>
        <translation>只看 {0}</translation>
    </message>
    <message>
        <source>Role of {0}</source>
        <translation>{0} 的身份</translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message>
        <source>Without a date</source>
        <translation>时间不明</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>未显示号码</translation>
    </message>
    <message>
        <source>None of the files says when this happened.</source>
        <translation>没有文件写明这是什么时候。</translation>
    </message>
    <message>
        <source>The file gives a time but no time zone.</source>
        <translation>文件里只有时间，没有注明时区。</translation>
    </message>
    <message>
        <source>Source: {0}</source>
        <translation>来源：{0}</translation>
    </message>
</context>
<context>
    <name>EvidenceBar</name>
    <message>
        <source>Search names, notes and words in the evidence</source>
        <translation>搜索名称、备注和证据中的文字</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Search labels</source>
        <translation>搜索标签</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>按种类</translation>
    </message>
    <message>
        <source>By when it was added</source>
        <translation>按添加时间</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show the trash</source>
        <translation>显示回收站</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>From last to first</source>
        <translation>从后到前</translation>
    </message>
    <message>
        <source>From first to last</source>
        <translation>从前到后</translation>
    </message>
</context>
<context>
    <name>EvidencePage</name>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the evidence…</source>
        <translation>正在读取证据…</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有符合的内容</translation>
    </message>
    <message>
        <source>Nothing matches all these filters.</source>
        <translation>没有符合全部筛选条件的内容。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) are in the trash, and nothing else is here</source>
        <translation>
            <numerusform>%n 件证据都在回收站里，这里没有别的证据</numerusform>
        </translation>
    </message>
    <message>
        <source>Whatever is in the trash can be put back.</source>
        <translation>回收站里的内容都可以放回来。</translation>
    </message>
    <message>
        <source>Show the trash</source>
        <translation>显示回收站</translation>
    </message>
    <message>
        <source>Drop your evidence here</source>
        <translation>把证据拖到这里</translation>
    </message>
    <message>
        <source>Screenshots, recordings, call logs, messages, letters: whole folders if you like, unsorted. Every file is kept exactly as it is, and stays on this computer. You can sort it out later, a little at a time.</source>
        <translation>截图、录音、通话记录、短信、信函都可以，整个文件夹也行，不用先整理。每个文件都会原样保存，只留在这台电脑上。以后可以慢慢整理。</translation>
    </message>
    <message>
        <source>How do I get evidence off my phone?</source>
        <translation>怎样从手机导出证据？</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Save the package…</source>
        <translation>保存证据包…</translation>
    </message>
    <message>
        <source>Save the evidence report…</source>
        <translation>保存证据册…</translation>
    </message>
    <message>
        <source>Nothing is marked as a violation yet. You can export anyway: the report will hold the timeline and the evidence. To mark something, choose it in the timeline and press T.</source>
        <translation>您还没有标记违规，也可以先导出，证据册里会有时间线和证据。想标记时，在时间线里选中一条，按 T。</translation>
    </message>
    <message>
        <source>Preparing the preview…</source>
        <translation>正在准备预览…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Looking whether all is as it was put in</source>
        <translation>正在核对内容是否被改动过</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>正在统计</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>涉嫌违规</translation>
    </message>
    <message>
        <source>List of original files</source>
        <translation>原始文件清单</translation>
    </message>
    <message>
        <source>Packing the original files</source>
        <translation>正在打包原始文件</translation>
    </message>
    <message>
        <source>An evidence report (PDF)</source>
        <translation>证据册（PDF）</translation>
    </message>
    <message>
        <source>Evidence report</source>
        <translation>证据册</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Exhibits</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Checking the file</source>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <source>An evidence package (ZIP)</source>
        <translation>证据包（ZIP）</translation>
    </message>
    <message>
        <source>It holds the evidence report, the original files, tables and the history, so that others can check them. The history shows when something was done, but nothing of what you leave out. Give it only to people whom you trust.</source>
        <translation>包含证据册、原始文件、表格和操作记录，别人可以据此核对。操作记录只显示何时做过什么操作，不含您没有选入的内容。请只交给您信任的人或受理机关。</translation>
    </message>
    <message>
        <source>Only what you marked as a violation</source>
        <translation>只收入标记为违规的内容</translation>
    </message>
    <message>
        <source>Evidence package</source>
        <translation>证据包</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stopped. Nothing was saved.</source>
        <translation>已停止，没有生成文件。您的证据不受影响。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Contents (drag to reorder)</source>
        <translation>内容（可拖动排序）</translation>
    </message>
    <message>
        <source>Save the package</source>
        <translation>保存证据包</translation>
    </message>
    <message>
        <source>Save the evidence report</source>
        <translation>保存证据册</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>已保存为 {0}</translation>
    </message>
    <message>
        <source>There is no preview.</source>
        <translation>没有预览。</translation>
    </message>
</context>
<context>
    <name>FileExport</name>
    <message>
        <source>Save in another form</source>
        <translation>另存为其他格式</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Writing the file…</source>
        <translation>正在写入文件…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>已保存为 {0}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search words, names and numbers</source>
        <translation>搜索文字、姓名和号码</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Search names and numbers</source>
        <translation>搜索姓名和号码</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Search labels</source>
        <translation>搜索标签</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早在前</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find here</source>
        <translation>在此查找</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>下一处</translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>Violation types</source>
        <translation>违规类型</translation>
    </message>
    <message>
        <source>Marked as this violation</source>
        <translation>标记为此类违规的内容</translation>
    </message>
    <message>
        <source>Unmark</source>
        <translation>取消标记</translation>
    </message>
    <message>
        <source>Why you marked this, in your own words</source>
        <translation>用您自己的话写：为什么标记这一条</translation>
    </message>
    <message>
        <source>Note on this mark</source>
        <translation>这条标记的备注</translation>
    </message>
    <message>
        <source>Nothing is marked yet</source>
        <translation>还没有标记违规</translation>
    </message>
    <message>
        <source>Mark what you think is not right: a call, a message, a picture. Choose it in Evidence or Timeline and press T to see all violation types, or 1 to 9 for the first nine. What you mark appears here and in the report. Whether it is a violation is for others to decide; you only point it out.</source>
        <translation>觉得哪通电话、哪条消息、哪张图片不对，就标记出来。在“证据”或“时间线”里选中它，按 T 选择违规类型（前九种也可以直接按 1 到 9）。标记过的会列在这里，也会写进证据册。是否违规由受理机关判断，您只需指出来。</translation>
    </message>
    <message>
        <source>Open evidence</source>
        <translation>打开证据</translation>
    </message>
</context>
<context>
    <name>FindingsTabs</name>
    <message>
        <source>Suggestions</source>
        <translation>程序提示</translation>
    </message>
    <message>
        <source>Marked by you</source>
        <translation>您标记的</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
</context>
<context>
    <name>FirstStepsCard</name>
    <message>
        <source>Add evidence</source>
        <translation>放进证据</translation>
    </message>
    <message>
        <source>Say who is who</source>
        <translation>说明谁是谁</translation>
    </message>
    <message>
        <source>Look at the suggestions</source>
        <translation>看看程序提示</translation>
    </message>
    <message>
        <source>Make the report</source>
        <translation>导出证据册</translation>
    </message>
    <message>
        <source>Start with whatever you have at hand, even a single screenshot. More can follow later.</source>
        <translation>先把手边的放进来，哪怕只有一张截图。其余的以后再加。</translation>
    </message>
    <message>
        <source>Who called or wrote for the lender, and who is family? What you don’t know can stay open.</source>
        <translation>哪些人是替放款方打电话、发消息的，哪些是亲友？不知道的可以先放着。</translation>
    </message>
    <message>
        <source>The program shows what may have broken a rule. You decide; you can stop at any time.</source>
        <translation>程序会列出可能违反规则的行为，由您决定，随时可以停下来。</translation>
    </message>
    <message>
        <source>Make a report when you need it. You can make it again as often as you like.</source>
        <translation>需要的时候导出证据册，以后可以随时重新导出。</translation>
    </message>
    <message>
        <source>These were all the steps. You can repeat each of them at any time.</source>
        <translation>这几步都做过了，以后随时可以再做。</translation>
    </message>
    <message>
        <source>Show me how</source>
        <translation>怎么做？</translation>
    </message>
    <message>
        <source>Don’t show these steps again</source>
        <translation>不再显示这些步骤</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>最初几步</translation>
    </message>
    <message>
        <source>{0} (done)</source>
        <translation>{0}（已完成）</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>帮助的各页</translation>
    </message>
    <message>
        <source>Help page</source>
        <translation>帮助内容</translation>
    </message>
    <message>
        <source>No page has all these words. Try fewer or other words.</source>
        <translation>没有哪一页包含全部这些词。换几个词，或少写几个试试。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
</context>
<context>
    <name>HitsModel</name>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>显示 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>{0} of {1}: {2}</source>
        <translation>第 {0} 个，共 {1} 个：{2}</translation>
    </message>
    <message numerus="yes">
        <source>(+%n waiting)</source>
        <translation>
            <numerusform>（还有 %n 批在等）</numerusform>
        </translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>还需不到一分钟</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>还需约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>ImportResults</name>
    <message>
        <source>Import finished</source>
        <translation>导入完成</translation>
    </message>
    <message>
        <source>{0}: nothing covers {1} to {2}.</source>
        <translation>{0}：{1} 至 {2} 没有记录文件。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more gap(s)</source>
        <translation>
            <numerusform>另有 %n 段空缺</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are now in your case, unaltered.</source>
        <translation>
            <numerusform>%n 个文件已原样存入证据夹。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were already there.</source>
        <translation>
            <numerusform>%n 个已经在证据夹里。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be imported.</source>
        <translation>
            <numerusform>%n 个未能导入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>已在证据夹中</translation>
    </message>
    <message>
        <source>Kept, but only partly read</source>
        <translation>已保存，只读出一部分</translation>
    </message>
    <message>
        <source>Kept, but not read</source>
        <translation>已保存，未能读取</translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>未导入</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Results of the import</source>
        <translation>导入结果</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them known already</source>
        <translation>
            <numerusform>其中 %n 条之前已有</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文字</translation>
    </message>
    <message numerus="yes">
        <source>Answer %n question(s)…</source>
        <translation>
            <numerusform>回答 %n 个问题…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Violations and tags</source>
        <translation>违规与标签</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>Your note</source>
        <translation>您的备注</translation>
    </message>
    <message>
        <source>What happened, in your own words</source>
        <translation>用您自己的话说明发生了什么</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>The title can be changed; the file keeps its own name.</source>
        <translation>标题可以修改；文件保留原名。</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Copy the SHA-256 value</source>
        <translation>复制校验值</translation>
    </message>
    <message>
        <source>Select an item to see its details.</source>
        <translation>点一件证据，这里会显示它的详情。</translation>
    </message>
    <message>
        <source>As written in the file</source>
        <translation>文件中的原文</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>What the file says</source>
        <translation>文件自带的信息</translation>
    </message>
</context>
<context>
    <name>InspectorWords</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Place in the file</source>
        <translation>文件中的位置</translation>
    </message>
    <message>
        <source>Files that belong to it</source>
        <translation>所属文件</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>SHA-256 value</source>
        <translation>校验值（SHA-256）</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Also found in</source>
        <translation>同时见于</translation>
    </message>
    <message>
        <source>Inside (archive)</source>
        <translation>所在压缩包</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>粘贴时间</translation>
    </message>
    <message>
        <source>still there</source>
        <translation>设备还在</translation>
    </message>
    <message>
        <source>no longer there</source>
        <translation>设备已不在</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%n 条未能读取</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemDelegate</name>
    <message>
        <source>No date</source>
        <translation>时间不明</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemMenu</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show on the timeline</source>
        <translation>在时间线上显示</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Save a copy of the original file…</source>
        <translation>另存原始文件…</translation>
    </message>
    <message>
        <source>Copy the SHA-256 value</source>
        <translation>复制校验值</translation>
    </message>
    <message>
        <source>Delete permanently…</source>
        <translation>永久删除…</translation>
    </message>
    <message>
        <source>Labels…</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Correct the time…</source>
        <translation>更正时间…</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Title; the file keeps its own name.</source>
        <translation>标题；文件保留原名。</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) deleted permanently</source>
        <translation>
            <numerusform>已永久删除 %n 件证据</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JoinedView</name>
    <message>
        <source>Joined screenshots</source>
        <translation>拼接的截图</translation>
    </message>
    <message>
        <source>What several screenshots show stands here once. Choose one to see it whole.</source>
        <translation>几张截图里重复的内容，这里只显示一次。点击任意一张可查看完整截图。</translation>
    </message>
    <message>
        <source>Messages that repeat one another may be missing here.</source>
        <translation>这里可能缺少内容相同的消息。</translation>
    </message>
    <message>
        <source>Open screenshot {0}</source>
        <translation>打开第 {0} 张截图</translation>
    </message>
</context>
<context>
    <name>KindChips</name>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>LabelChip</name>
    <message>
        <source>Remove “{0}”</source>
        <translation>去掉“{0}”</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Closing…</source>
        <translation>正在关闭…</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>There is no picture and no file on the clipboard.</source>
        <translation>剪贴板里没有图片或文件。</translation>
    </message>
    <message>
        <source>{0} (only to look at)</source>
        <translation>{0}（只能查看）</translation>
    </message>
</context>
<context>
    <name>MappingDialog</name>
    <message>
        <source>The first row holds the names of the columns</source>
        <translation>第一行是各列的名称</translation>
    </message>
    <message>
        <source>What these words mean</source>
        <translation>这些词的含义</translation>
    </message>
    <message>
        <source>Columns of {0}</source>
        <translation>{0} 的各列</translation>
    </message>
    <message>
        <source>Choose above each column what it holds. The time is needed, and the number if there is one; columns that do not matter can be left out.</source>
        <translation>请在每一列上方选择它的内容。时间必须指明；有号码的话也请指明；无关的列可以不选。</translation>
    </message>
    <message>
        <source>First rows of the table</source>
        <translation>表格的前几行</translation>
    </message>
    <message>
        <source>Save for other computers…</source>
        <translation>保存以便在其他电脑上使用…</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>Date alone</source>
        <translation>仅日期</translation>
    </message>
    <message>
        <source>Time of day alone</source>
        <translation>只有时刻</translation>
    </message>
    <message>
        <source>The other side’s number</source>
        <translation>对方号码</translation>
    </message>
    <message>
        <source>Who called</source>
        <translation>主叫号码</translation>
    </message>
    <message>
        <source>Who was called</source>
        <translation>被叫号码</translation>
    </message>
    <message>
        <source>Incoming or outgoing</source>
        <translation>呼入或呼出</translation>
    </message>
    <message>
        <source>Whether it was answered</source>
        <translation>是否接通</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Duration in minutes</source>
        <translation>时长（分钟）</translation>
    </message>
    <message>
        <source>Duration in seconds</source>
        <translation>时长（秒）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Text of a message</source>
        <translation>消息内容</translation>
    </message>
    <message>
        <source>What column {0} holds</source>
        <translation>第 {0} 列的内容</translation>
    </message>
    <message>
        <source>Two columns have the same meaning. Please change one.</source>
        <translation>有两列选了同样的内容，请改掉其中一列。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>按程序的理解</translation>
    </message>
    <message>
        <source>Please say which column holds the date and time.</source>
        <translation>请指明哪一列是日期和时间。</translation>
    </message>
    <message>
        <source>Please say what one more column holds: the number, or the duration.</source>
        <translation>请再指明一列：号码或时长。</translation>
    </message>
    <message>
        <source>Came in</source>
        <translation>呼入或收到</translation>
    </message>
    <message>
        <source>Went out</source>
        <translation>呼出或发出</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>Save what the columns hold</source>
        <translation>保存各列的含义</translation>
    </message>
</context>
<context>
    <name>MarkDesk</name>
    <message>
        <source>Marks on “{0}”</source>
        <translation>“{0}”上的标注</translation>
    </message>
    <message>
        <source>Highlight</source>
        <translation>高亮</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Blacked out in exports</source>
        <translation>导出时涂黑</translation>
    </message>
    <message>
        <source>{0} % from the left, {1} % from the top</source>
        <translation>距左边 {0} %，距顶部 {1} %</translation>
    </message>
</context>
<context>
    <name>MarkTools</name>
    <message>
        <source>Select and move marks</source>
        <translation>选择和移动标注</translation>
    </message>
    <message>
        <source>Highlight: drag over it, or press Enter</source>
        <translation>高亮：拖动选出范围，或按回车键</translation>
    </message>
    <message>
        <source>Arrow: drag to where it points, or press Enter</source>
        <translation>箭头：拖到要指的地方，或按回车键</translation>
    </message>
    <message>
        <source>Text: click where it goes, or press Enter</source>
        <translation>文字：点击要放的位置，或按回车键</translation>
    </message>
    <message>
        <source>Number: click where it goes, or press Enter</source>
        <translation>编号：点击要放的位置，或按回车键</translation>
    </message>
    <message>
        <source>Black out in exports: drag over it, or press Enter</source>
        <translation>导出时涂黑：拖动选出范围，或按回车键</translation>
    </message>
    <message>
        <source>Remove this mark (Delete)</source>
        <translation>移除这个标注（Delete）</translation>
    </message>
    <message>
        <source>Put this mark on all other pages too</source>
        <translation>在其他各页同样标注</translation>
    </message>
    <message>
        <source>What it says; then press Enter</source>
        <translation>写上文字，再按回车键</translation>
    </message>
    <message>
        <source>Why it is blacked out (this is printed)</source>
        <translation>为什么涂黑（会印在证据册里）</translation>
    </message>
    <message>
        <source>Your note on this mark (it is printed)</source>
        <translation>这个标注的备注（会印在证据册里）</translation>
    </message>
</context>
<context>
    <name>MarkedByHand</name>
    <message numerus="yes">
        <source>%n of what you marked may not fit. The first:</source>
        <translation>
            <numerusform>您标记的内容中有 %n 条可能不符，第一条：</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixView</name>
    <message>
        <source>By evidence</source>
        <translation>按证据</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>按月份</translation>
    </message>
    <message>
        <source>By who collects</source>
        <translation>按催收方</translation>
    </message>
    <message>
        <source>By debt</source>
        <translation>按债务</translation>
    </message>
    <message>
        <source>How the overview is laid out</source>
        <translation>总览的排列方式</translation>
    </message>
    <message>
        <source>Overview of the violations</source>
        <translation>违规总览</translation>
    </message>
    <message>
        <source>Click a number, or press Enter on it, to see its records.</source>
        <translation>点击数字，或选中后按回车，即可查看这些记录。</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>查看这些记录</translation>
    </message>
    <message>
        <source>The rules are being asked…</source>
        <translation>正在对照规则…</translation>
    </message>
    <message>
        <source>Nothing to count yet</source>
        <translation>还没有可以统计的内容</translation>
    </message>
    <message>
        <source>As soon as you mark violations, or the program suggests some, this page shows for each of them what proves it, what is still missing and how to get it.</source>
        <translation>您标记违规，或程序提出建议之后，这里会逐项列出：有什么证据，还缺什么，怎样补上。</translation>
    </message>
    <message>
        <source>Violation</source>
        <translation>违规类型</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>Of these: weak</source>
        <translation>其中证据偏弱</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>还缺什么</translation>
    </message>
    <message>
        <source>All</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>没有名字</translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) or suggestion(s) depend on it.</source>
        <translation>
            <numerusform>有 %n 处标记或建议与此有关。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing that the program knows of is missing.</source>
        <translation>据程序所知，没有缺少什么。</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>The file is empty (0 bytes). It was kept, but there is nothing in it to read.</source>
        <translation>文件是空的（0 字节）。已保存，但没有可读的内容。</translation>
    </message>
    <message>
        <source>The file could not be opened ({reason}). It was not imported.</source>
        <translation>文件打不开（{reason}）。未导入。</translation>
    </message>
    <message>
        <source>The file changed while it was read. It was not imported; please add it again.</source>
        <translation>读取时文件发生了变化。未导入，请重新添加。</translation>
    </message>
    <message>
        <source>This is a device or a connection, not a file. It was not imported.</source>
        <translation>这是设备或连接，不是文件。未导入。</translation>
    </message>
    <message>
        <source>This is the case file that is open. It was not imported into itself.</source>
        <translation>这就是您正在使用的证据夹文件，不能导入到自己里面。</translation>
    </message>
    <message>
        <source>{read} entries were read, {skipped} could not be read. The file was kept.</source>
        <translation>读出 {read} 条，{skipped} 条未能读取。文件已保存。</translation>
    </message>
    <message>
        <source>{read} entries were read, {skipped} rows could not be read: {rows}. The file was kept.</source>
        <translation>读出 {read} 条，有 {skipped} 行未能读取：第 {rows} 行。文件已保存。</translation>
    </message>
    <message>
        <source>The picture is damaged or cut off. It was kept as it is.</source>
        <translation>图片已损坏或不完整。已原样保存。</translation>
    </message>
    <message>
        <source>The recording is damaged or of an unknown kind. It was kept as it is.</source>
        <translation>录音已损坏或格式未知。已原样保存。</translation>
    </message>
    <message>
        <source>The recording is too long to be played here (more than {megabytes} MB of sound). It was kept whole.</source>
        <translation>录音太长，无法在这里播放（声音超过 {megabytes} MB）。已完整保存。</translation>
    </message>
    <message>
        <source>The document is damaged. It was kept as it is.</source>
        <translation>文档已损坏。已原样保存。</translation>
    </message>
    <message>
        <source>This page is damaged.</source>
        <translation>这一页已损坏。</translation>
    </message>
    <message>
        <source>The document is protected by a password. It was kept as it is.</source>
        <translation>文档有密码保护。已原样保存。</translation>
    </message>
    <message>
        <source>The table is damaged. It was kept as it is.</source>
        <translation>表格已损坏。已原样保存。</translation>
    </message>
    <message>
        <source>The file is cut off or damaged after entry {entry}. What could be read is in.</source>
        <translation>文件在第 {entry} 条之后中断或损坏。能读出的都已收入。</translation>
    </message>
    <message>
        <source>The file is cut off or damaged at line {line}, after entry {entry}. What stands before is in.</source>
        <translation>文件在第 {line} 行（第 {entry} 条之后）中断或损坏。此前的内容已收入。</translation>
    </message>
    <message>
        <source>The file is cut off or damaged. Nothing could be read of it; it was kept.</source>
        <translation>文件中断或损坏，未能读出任何内容；文件已保存。</translation>
    </message>
    <message>
        <source>The file is cut off or damaged at line {line}. Nothing could be read of it; it was kept.</source>
        <translation>文件在第 {line} 行中断或损坏，未能读出任何内容；文件已保存。</translation>
    </message>
    <message>
        <source>The file has definitions that could overload the computer. It was only kept.</source>
        <translation>这个文件里有可能拖垮电脑的内容，所以只保存，没有读取。</translation>
    </message>
    <message>
        <source>No call log was recognised in this table. It was kept as it is.</source>
        <translation>没有在表格中认出通话记录。已原样保存。</translation>
    </message>
    <message>
        <source>This is a list of payments. It was kept and can be searched, but nothing of it is put on the timeline. Write down what you paid to the lender with “What I did…” there.</source>
        <translation>这是一份收支账单。它已保存，也能搜索到，但其中的内容没有放进时间线。请在时间线上用“我做过的事…”写下您还给放款方的款项。</translation>
    </message>
    <message>
        <source>The characters of this file could not be made out. It was kept as it is.</source>
        <translation>无法辨认文件的文字编码。已原样保存。</translation>
    </message>
    <message>
        <source>Reading this file failed unexpectedly. It was kept as it is.</source>
        <translation>读取这个文件时意外失败。已原样保存。</translation>
    </message>
    <message>
        <source>Reading this file took too long and was stopped. It was kept as it is.</source>
        <translation>读取这个文件时间过长，已停止。文件已原样保存。</translation>
    </message>
    <message>
        <source>Reading this file would need too much memory. It was kept as it is.</source>
        <translation>读取这个文件需要的内存过多。已原样保存。</translation>
    </message>
    <message>
        <source>The file says that it holds {declared} entries, but {found} are in it.</source>
        <translation>文件标明有 {declared} 条，实际读到 {found} 条。</translation>
    </message>
    <message>
        <source>The time “{value}” cannot be read.</source>
        <translation>时间“{value}”无法识别。</translation>
    </message>
    <message>
        <source>The number “{value}” cannot be read.</source>
        <translation>号码“{value}”无法识别。</translation>
    </message>
    <message>
        <source>The number “{value}” was shortened by a spreadsheet program; its last digits are lost.</source>
        <translation>号码“{value}”被表格软件截短，末尾几位已丢失。</translation>
    </message>
    <message>
        <source>It cannot be told which number in these dates is the day and which the month. The entries are kept without a time.</source>
        <translation>无法判断这些日期中哪个是日、哪个是月。记录已保存，不带时间。</translation>
    </message>
    <message>
        <source>This entry cannot be read.</source>
        <translation>这条记录无法读取。</translation>
    </message>
    <message>
        <source>The entry at line {line} of the file is damaged.</source>
        <translation>文件第 {line} 行的记录已损坏。</translation>
    </message>
    <message>
        <source>There is no case file at {path}.</source>
        <translation>{path} 没有证据夹文件。</translation>
    </message>
    <message>
        <source>There is already a file at {path}. It was left as it is.</source>
        <translation>{path} 已有文件，没有改动它。</translation>
    </message>
    <message>
        <source>{path} is not a case file of this program, or it is locked with a password.</source>
        <translation>{path} 不是本程序的证据夹，或者有密码保护。</translation>
    </message>
    <message>
        <source>This case is open in another window or program. Please close it there first.</source>
        <translation>这个证据夹已在另一个窗口或程序中打开，请先在那里关闭。</translation>
    </message>
    <message>
        <source>This case is open for reading only. Nothing was changed.</source>
        <translation>现在是只读方式，刚才的操作没有生效。</translation>
    </message>
    <message>
        <source>Something about this case file is not as it should be, so it is open for reading only. Nothing was changed.</source>
        <translation>这个证据夹有不对的地方，因此只能查看，不能修改。没有做任何改动。</translation>
    </message>
    <message>
        <source>Another program changed the case file meanwhile. Please try again.</source>
        <translation>刚才有别的程序改动了证据夹文件。请再试一次。</translation>
    </message>
    <message>
        <source>The case file is damaged ({reason}). It was not changed.</source>
        <translation>证据夹文件已损坏（{reason}）。没有改动它。</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}). Nothing else was changed.</source>
        <translation>无法写入 {path}（{reason}）。其他内容没有改动。</translation>
    </message>
    <message>
        <source>Nothing was changed: what was to be changed was altered outside this program ({row}). Check the case.</source>
        <translation>没有做任何改动：这里要改的内容曾在本程序之外被改过（{row}）。请先检查这个证据夹。</translation>
    </message>
    <message>
        <source>A part of this case file cannot be read, for it was damaged or altered ({row}). Check the case.</source>
        <translation>这个证据夹有一部分读不出来，可能已损坏或被改过（{row}）。请检查这个证据夹。</translation>
    </message>
    <message>
        <source>There is no “{value}” in this case.</source>
        <translation>这个证据夹里没有“{value}”。</translation>
    </message>
    <message>
        <source>The disk is full. Everything saved so far is safe; please free some space.</source>
        <translation>磁盘满了。已保存的都还在；请清理出一些空间再试。</translation>
    </message>
    <message>
        <source>Nothing was changed. If you know why the case differs, run `evidence-app accept` on it first; the history will say so. Otherwise look for another copy, and keep this one too.</source>
        <translation>没有做任何改动。如果您知道证据夹为什么不同，请先对它运行 `evidence-app accept`，操作记录会写明。否则请另找一份副本，这一份也请留着。</translation>
    </message>
    <message>
        <source>Beside the case lies {path}, where only this program writes: a link, or no ordinary file. Nothing was changed. Please move it away, then open the case again.</source>
        <translation>证据夹旁边的 {path} 只应由本程序写入，现在却是一个链接，或不是普通文件。什么都没有改动。请先把它移走，再打开证据夹。</translation>
    </message>
    <message>
        <source>The original file of {item} is no longer what was imported.</source>
        <translation>{item} 的原始文件与导入时不一致。请保留现在这份，再从自动备份中恢复一份。</translation>
    </message>
    <message>
        <source>This mark would not be on the evidence. Nothing was changed.</source>
        <translation>这个标注不在证据的范围内，没有添加。</translation>
    </message>
    <message>
        <source>Nothing was saved: something that you blacked out could still be found in the finished file. Your evidence is unchanged. Please black out a little more, or leave that item out.</source>
        <translation>没有生成文件：在制作好的文件里还能找到您涂黑的内容。您的证据没有改变。请把涂黑的范围扩大一些，或者不选入那件证据。</translation>
    </message>
    <message>
        <source>Nothing was saved: “{name}” is among words that you blacked out, and can still be read on page {page}. Black the name out once by itself: then it goes everywhere. If it may be read, leave it out of what you black out.</source>
        <translation>没有保存：您涂黑的文字里有“{name}”，但在第 {page} 页仍然能看到这个名字。请把这个名字单独涂黑一次，各处就都会涂黑；如果这个名字可以让人看到，请不要把它涂在黑块里。</translation>
    </message>
    <message>
        <source>Nothing was saved: “{name}” is among words that you blacked out, and can still be read elsewhere. Black the name out once by itself: then it goes everywhere. If it may be read, leave it out of what you black out.</source>
        <translation>没有保存：您涂黑的文字里有“{name}”，但在别处仍然能看到这个名字。请把这个名字单独涂黑一次，各处就都会涂黑；如果这个名字可以让人看到，请不要把它涂在黑块里。</translation>
    </message>
    <message>
        <source>Nothing was saved: the finished pages could not be read once more, so it is not sure that what you blacked out is hidden. Your evidence is unchanged. Please try again.</source>
        <translation>没有保存：无法对完成的页面再次识别文字，不能确定涂黑的内容已被遮住。您的证据没有变动，请再试一次。</translation>
    </message>
    <message>
        <source>“{value}” is not a time zone. Example: Asia/Shanghai</source>
        <translation>“{value}”不是时区名称，正确的例子是 Asia/Shanghai。</translation>
    </message>
    <message>
        <source>“{value}” is not a place whose rules the program knows. It knows: {known}.</source>
        <translation>程序不了解“{value}”的规则。它了解：{known}。</translation>
    </message>
    <message>
        <source>“{value}” is not a role. The roles are: {known}.</source>
        <translation>没有“{value}”这种身份。可以用：{known}。</translation>
    </message>
    <message>
        <source>There is no rulebook “{value}”. There are: {known}.</source>
        <translation>没有名为“{value}”的规则集。现有：{known}。</translation>
    </message>
    <message>
        <source>“{value}” does not say who collects. Choose one of: {known}.</source>
        <translation>“{value}”不是催收方的类型。请从中选择：{known}。</translation>
    </message>
    <message>
        <source>There is no suggestion “{value}” any more. The events it rested on may have changed; look at the suggestions again.</source>
        <translation>已经没有建议“{value}”了。它所依据的记录可能有变化，请重新查看建议。</translation>
    </message>
    <message>
        <source>“{name}” would collect for itself in the end. Nothing was changed; check who collects for whom.</source>
        <translation>这样“{name}”最终会变成替自己催收。未作任何修改，请检查谁替谁催收。</translation>
    </message>
    <message>
        <source>“{value}” is not a number of days from 0 to {most}. Nothing was changed.</source>
        <translation>“{value}”不是 0 到 {most} 之间的天数。未作任何修改。</translation>
    </message>
    <message>
        <source>A debt cannot be due before it was borrowed. Nothing was changed; check the two days.</source>
        <translation>应还日期不能早于借款日期。没有做任何改动，请核对这两个日期。</translation>
    </message>
    <message>
        <source>“{value}” is not a day. Example: 2026-03-12</source>
        <translation>“{value}”不是日期。示例：2026-03-12</translation>
    </message>
    <message>
        <source>“{value}” does not say from when to when. Example: 18:00-20:00</source>
        <translation>“{value}”没有写明起止时间。示例：18:00-20:00</translation>
    </message>
    <message>
        <source>This is something that you did yourself; it cannot be a violation of theirs. Keep it?</source>
        <translation>这是您自己做的，不可能是对方的违规行为。要保留标记吗？</translation>
    </message>
    <message>
        <source>{time} is inside the permitted hours of {rule}. Keep it?</source>
        <translation>{time} 在 {rule} 允许的时段内。要保留标记吗？</translation>
    </message>
    <message>
        <source>“{value}” is not a way of contact. The ways are: {known}.</source>
        <translation>“{value}”不是联系方式。可选：{known}。</translation>
    </message>
    <message>
        <source>“{value}” is nothing that you did. Choose one of: {known}.</source>
        <translation>“{value}”不是您做的事情。可选：{known}。</translation>
    </message>
    <message>
        <source>“{value}” is on the timeline already. Undo that first, or edit the entry there.</source>
        <translation>“{value}”已经在时间线上了。请先撤销，或者直接在时间线上修改。</translation>
    </message>
    <message>
        <source>“{value}” is not a violation type. The types are: {known}.</source>
        <translation>“{value}”不是违规类型。可用的类型：{known}。</translation>
    </message>
    <message>
        <source>A table can be written as .csv or .xlsx, not as “{value}”.</source>
        <translation>表格可以存为 .csv 或 .xlsx，不能存为“{value}”。</translation>
    </message>
    <message>
        <source>A package cannot be divided into parts of “{value}”. Give a size from 64K on, such as 20M, that makes no more than 999 parts.</source>
        <translation>不能按“{value}”给证据包分卷。请填写不小于 64K 的大小（例如 20M），并且分卷不超过 999 个。</translation>
    </message>
    <message>
        <source>Please fill in: {field}.</source>
        <translation>请填写：{field}。</translation>
    </message>
    <message>
        <source>“{start}…” has {length} characters; at most {most} fit here. Nothing was changed. A note has room for more.</source>
        <translation>“{start}…”共有 {length} 个字符，这里最多 {most} 个。没有做任何改动。较长的内容可以写在备注里。</translation>
    </message>
    <message>
        <source>The name of {path} is too long for a case file. Choose a shorter one.</source>
        <translation>{path} 的文件名太长，不能用作证据夹。请换一个短一些的名称。</translation>
    </message>
    <message>
        <source>“{value}” is not a date and time. Example: 2026-03-01 21:30</source>
        <translation>“{value}”不是日期时间，正确的例子是 2026-03-01 21:30。</translation>
    </message>
    <message>
        <source>The evidence report did not pass its own check and was not saved ({reason}).</source>
        <translation>证据册没有通过自检，未保存（{reason}）。</translation>
    </message>
    <message>
        <source>The original files are {size} MB together, more than one PDF can hold. Nothing was saved. Make an evidence package instead: it takes files of any size.</source>
        <translation>原始文件合计 {size} MB，超出了一个 PDF 能容纳的大小，没有保存任何内容。请改为生成证据包，证据包对文件大小没有限制。</translation>
    </message>
    <message>
        <source>The key with which this computer signs the history cannot be used: {path} ({reason}). Nothing was changed. You can still open the case for reading only.</source>
        <translation>无法使用这台电脑签署操作记录的密钥：{path}（{reason}）。没有任何改动。您仍可以只读方式打开证据夹。</translation>
    </message>
    <message>
        <source>“{value}” is not a check code. An evidence report has it on its last pages.</source>
        <translation>“{value}”不是证据册最后几页上的那种核对码。</translation>
    </message>
    <message>
        <source>{path} cannot be shown as a case: its tables cannot be read. Check the package to see what is wrong, and open the evidence report in it with another program.</source>
        <translation>{path} 无法像证据夹那样打开：其中的表格读不出来。请先检查证据包，看看问题在哪里；其中的证据册可以用其他程序打开。</translation>
    </message>
    <message>
        <source>Another program wrote over {path} while the case was open: the newest entries of its history are gone. The last change was not made. Please close the case, then restore the newest automatic backup.</source>
        <translation>证据夹打开期间，另一个程序覆盖了 {path}：操作记录里最新的几条已经不在了。最后一次改动没有生效。请关闭证据夹，再恢复最新的一份自动备份。</translation>
    </message>
    <message>
        <source>The drive that holds the case could not be read or written ({reason}). What was saved before is not lost; please save a copy of the case on another drive.</source>
        <translation>证据夹所在的磁盘无法读写数据（{reason}）。之前保存的内容没有丢失；请把证据夹副本保存到另一个磁盘。</translation>
    </message>
    <message>
        <source>There is no automatic backup “{value}” of this case.</source>
        <translation>这个证据夹没有名为“{value}”的自动备份。</translation>
    </message>
    <message>
        <source>Nothing could be recovered from {path}: it holds no undamaged original file. The file was left as it is; please try an automatic backup.</source>
        <translation>没能从 {path} 找回内容：里面没有完好的原始文件。文件没有动过；请试试自动备份。</translation>
    </message>
    <message>
        <source>Only what is in the trash can be deleted permanently. Nothing was changed.</source>
        <translation>只能永久删除回收站里的内容。没有任何改动。</translation>
    </message>
    <message>
        <source>This was recovered from a damaged case whose history could no longer vouch for all that is said of this item.</source>
        <translation>此证据是从损坏的证据夹中恢复的。那份操作记录已不完整，无法证明关于它的内容全都没有被改动过。</translation>
    </message>
    <message>
        <source>The original file was damaged together with the case file. What is left of it is kept, but it is not what was imported.</source>
        <translation>这个原始文件随证据夹文件一起损坏了。剩余部分已保留，但已不是当初导入的内容。</translation>
    </message>
    <message>
        <source>{name} could not be read ({reason}). Nothing was exported.</source>
        <translation>无法读取 {name}（{reason}）。没有导出任何内容。</translation>
    </message>
    <message>
        <source>{name} does not open with this password, or is not a certificate file (.p12, .pfx). Nothing was exported.</source>
        <translation>用这个密码打不开 {name}，或者它不是证书文件（.p12、.pfx）。没有导出任何内容。</translation>
    </message>
    <message>
        <source>{name} does not hold a private key together with its certificate, so nothing can be signed with it. Nothing was exported.</source>
        <translation>{name} 中没有成对的私钥和证书，无法用来签名。没有导出任何内容。</translation>
    </message>
    <message>
        <source>Programs that show PDF files cannot check the kind of key in {name}. Nothing was exported; please use one of RSA or elliptic curves (ECDSA).</source>
        <translation>PDF 阅读软件无法核对 {name} 中这种密钥的签名。没有导出任何内容；请改用 RSA 或椭圆曲线（ECDSA）密钥。</translation>
    </message>
    <message>
        <source>The certificate is valid only from {first} to {last}. Nothing was exported; please use another one, or check the clock of this computer.</source>
        <translation>证书只在 {first} 至 {last} 期间有效。没有导出任何内容；请换一个证书，或检查这台电脑的时钟。</translation>
    </message>
    <message>
        <source>The evidence report could not be signed ({reason}). Nothing was exported.</source>
        <translation>无法给证据册签名（{reason}）。没有导出任何内容。</translation>
    </message>
    <message>
        <source>Files from others are read in a closed-off process: yes.</source>
        <translation>他人发来的文件在隔离的进程中读取：是。</translation>
    </message>
    <message>
        <source>There is nothing to read in “{value}”: only pictures, and pages of PDF documents without text, are read.</source>
        <translation>“{value}”里没有需要识别的内容：只识别图片，以及 PDF 文件中没有文字的页面。</translation>
    </message>
    <message>
        <source>Files from others are read in a closed-off process: only partly, because this system cannot keep that process away from your other files.</source>
        <translation>他人发来的文件在隔离的进程中读取：仅部分隔离，因为此系统无法阻止该进程接触您的其他文件。</translation>
    </message>
    <message>
        <source>Files from others are read in a closed-off process: only partly, because this system cannot stop that process from starting programs or connecting to others.</source>
        <translation>他人发来的文件在隔离的进程中读取：仅部分隔离，因为此系统无法阻止该进程启动程序或对外连接。</translation>
    </message>
    <message>
        <source>Files from others are read in a process of their own, but it is hardly closed off: this system cannot keep it away from your other files, programs and connections.</source>
        <translation>他人发来的文件在单独的进程中读取，但几乎没有隔离：此系统无法阻止该进程接触您的其他文件、程序和网络连接。</translation>
    </message>
    <message>
        <source>Files from others are read in a closed-off process: only partly, as far as this system allows. We have not tried this on a computer of this kind.</source>
        <translation>他人发来的文件在隔离的进程中读取：仅在此系统允许的范围内部分隔离，我们尚未在这类电脑上实际试过。</translation>
    </message>
    <message>
        <source>Nothing was exported: the case is not as it was put in. Number of things that do not agree: {count}.</source>
        <translation>没有导出：证据夹的内容与操作记录不一致，共 {count} 处。</translation>
    </message>
    <message>
        <source>You stopped the import before this file. It was not imported.</source>
        <translation>在这个文件之前您停止了导入。未导入。</translation>
    </message>
    <message>
        <source>The file had gone by the time the import reached it. It was not imported.</source>
        <translation>导入到这个文件时，它已经不在原处，所以没有导入。</translation>
    </message>
    <message>
        <source>This folder links back to its own parent. It was read only once.</source>
        <translation>这个文件夹的链接又指向它的上级文件夹，程序只读取了一次。</translation>
    </message>
    <message>
        <source>This is a case of this program, not a piece of evidence, so it was not imported. You can open it by itself; what is in it can be extracted there and imported here.</source>
        <translation>这是本程序的证据夹，不是证据，所以没有导入。您可以直接打开它；需要其中的文件时，请先在那边导出，再导入到这里。</translation>
    </message>
    <message>
        <source>The program cannot read this kind of file yet. It was kept unaltered as an original file.</source>
        <translation>程序还不能读取这种文件。已作为原始文件原样保存。</translation>
    </message>
    <message>
        <source>This picture is too large to open safely. It was kept, but is not shown.</source>
        <translation>这张图片展开后过大，为安全起见不显示；原始文件已保存。</translation>
    </message>
    <message>
        <source>There are no words in this document. It was kept, and may hold pictures.</source>
        <translation>这个文档里没有文字。文件已保存，里面可能有图片。</translation>
    </message>
    <message>
        <source>This picture is too large for the text in it to be read. It was kept, and you can look at it.</source>
        <translation>这张图片太大，无法读取其中的文字。图片已保存，您可以正常查看。</translation>
    </message>
    <message>
        <source>Text in pictures cannot be read: a part of the program is missing or was changed. Your case is safe; please install the program again.</source>
        <translation>无法读取图片中的文字：程序缺少了一部分，或者这一部分被改动过。您的证据夹是安全的，请重新安装本程序。</translation>
    </message>
    <message>
        <source>To read on a cluster, please install the extra “cluster” first: pip install &apos;evidence-app[cluster]&apos;.</source>
        <translation>要用集群读取，请先安装扩展“cluster”：pip install &apos;evidence-app[cluster]&apos;。</translation>
    </message>
    <message>
        <source>No cluster answers at {address}. Nothing was sent to it.</source>
        <translation>{address} 没有集群应答。没有发送任何内容。</translation>
    </message>
    <message>
        <source>The cluster cannot go on. What it read so far was kept, and the rest waits. Please see whether it runs, and whether its workers have this version of the program.</source>
        <translation>集群无法继续。已经读出的内容都保存了，其余的会等待再读。请检查集群是否在运行，以及各节点是否装有本程序的这个版本。</translation>
    </message>
    <message>
        <source>{count} characters written incorrectly by the backup app were corrected.</source>
        <translation>修正了备份软件写错的 {count} 个字符。</translation>
    </message>
    <message>
        <source>The program had a problem with this file and did not import it. You did nothing wrong. Details are in the error log.</source>
        <translation>程序处理这个文件时出错，没有导入。不是您的操作问题；详情见程序日志。</translation>
    </message>
    <message>
        <source>This chat has {count} messages. The app that wrote it leaves out older ones above about {limit}; there may be more on the phone.</source>
        <translation>此聊天有 {count} 条消息。导出它的应用超过约 {limit} 条就会略去较早的消息；手机上可能还有更多。</translation>
    </message>
    <message>
        <source>An iPhone keeps only about the last 1,000 calls. Older calls cannot be in this file.</source>
        <translation>iPhone 只保留最近约 1000 条通话记录，更早的不会在这个文件里。</translation>
    </message>
    <message>
        <source>This source does not tell rejected calls from missed ones.</source>
        <translation>此来源不区分拒接和未接的电话。</translation>
    </message>
    <message>
        <source>A carrier’s bill lists connected calls only. Calls that were not answered cannot be in it.</source>
        <translation>运营商详单只列出接通的电话。未接来电不会在其中。</translation>
    </message>
    <message>
        <source>Outlook packed files of this e-mail into winmail.dat. That file is kept as it is; this program cannot open it. Ask the sender for the files, or open it in Outlook.</source>
        <translation>这封邮件的附件被 Outlook 打包进了 winmail.dat。该文件已原样保存，但本程序打不开。请让发件人另发附件，或用 Outlook 打开。</translation>
    </message>
    <message>
        <source>There is another Outlook item inside this e-mail. It is kept in the file, but not shown; open it in Outlook and save it on its own.</source>
        <translation>这封邮件里还夹着另一封 Outlook 邮件。它随文件一起保存了，但没有显示；请在 Outlook 中打开，单独另存后再添加。</translation>
    </message>
    <message>
        <source>The words of this e-mail are stored in a form that this program cannot read. The file is kept; open it in Outlook and save it as text or PDF.</source>
        <translation>这封邮件的正文格式本程序读不出来。文件已保存；请用 Outlook 打开，另存为文本或 PDF 后再添加。</translation>
    </message>
    <message>
        <source>This Android backup is encrypted. It is kept, but its contents cannot be read. Make a new backup without a password, and add that.</source>
        <translation>这份安卓备份加了密。文件已保存，但读不出里面的内容。请重新做一份不设密码的备份，再添加进来。</translation>
    </message>
    <message>
        <source>Entries of this file have no date. They are kept in their order, without a time.</source>
        <translation>这个文件里的记录没有日期。它们按原来的顺序保留，不带时间。</translation>
    </message>
    <message>
        <source>This looks like a conversation, but in a form that the program does not know. Please say which part is the time, who wrote, and the words.</source>
        <translation>这看起来是一段聊天记录，但程序不认识它的格式。请告诉程序哪一部分是时间、谁写的、写了什么。</translation>
    </message>
    <message>
        <source>The same file was also found here: {origin}/{filename}</source>
        <translation>同一个文件还在这里出现过：{origin}/{filename}</translation>
    </message>
    <message>
        <source>{count} pictures, recordings or files are mentioned in it, but were not exported with it.</source>
        <translation>聊天里提到 {count} 个图片、录音或其他文件，但导出时没有带上。</translation>
    </message>
    <message>
        <source>The file does not tell which messages are yours. They are kept without a direction.</source>
        <translation>文件没有说明哪些消息是您的。它们已保存，但没有方向。</translation>
    </message>
    <message>
        <source>This phone backup is encrypted. Please make one without a password, or decrypt it first; it was kept as it is.</source>
        <translation>此手机备份已加密。请制作一份不带密码的备份，或先解密；它已原样保存。</translation>
    </message>
    <message>
        <source>Of the phone backup, only its calls, messages and contacts were taken.</source>
        <translation>手机备份中只取了通话、消息和通讯录。</translation>
    </message>
    <message>
        <source>This is WhatsApp&apos;s encrypted backup. It cannot be read without its key, which only the phone has. It was kept. Please export the chat in WhatsApp instead.</source>
        <translation>这是 WhatsApp 的加密备份，没有密钥无法读取，而密钥只在手机上。文件已保存。请改为在 WhatsApp 里导出聊天记录。</translation>
    </message>
    <message>
        <source>This database is damaged. What could be read is in; it was kept as it is.</source>
        <translation>此数据库已损坏。能读的部分已导入；文件已原样保存。</translation>
    </message>
    <message>
        <source>This file is a part of the database “{database}”. What is in it is read together with the database.</source>
        <translation>这个文件是数据库“{database}”的一部分，其中的内容会随数据库一起读取。</translation>
    </message>
    <message>
        <source>This file is only a part of the database “{database}”, and says nothing by itself. It was kept. Please add the database too, together with this file.</source>
        <translation>这个文件只是数据库“{database}”的一部分，单独无法读取。文件已保存。请把数据库和这个文件一起添加。</translation>
    </message>
    <message>
        <source>The archive is protected by a password. It was kept as it is.</source>
        <translation>此压缩包有密码保护。它已原样保存。</translation>
    </message>
    <message>
        <source>The password does not open this archive. It was kept as it is.</source>
        <translation>这个密码打不开此压缩包。它已原样保存。</translation>
    </message>
    <message>
        <source>The archive is damaged. What could be unpacked is in; it was kept as it is.</source>
        <translation>压缩包已损坏。能解开的部分已导入；它已原样保存。</translation>
    </message>
    <message>
        <source>The archive unpacks to an unsafe size. It was kept, but not unpacked to its end.</source>
        <translation>压缩包解开后大得不安全。它已保存，但没有全部解开。</translation>
    </message>
    <message>
        <source>There are too many archives inside one another. This one was kept but not unpacked.</source>
        <translation>压缩包层层嵌套过多。这一个已保存，但没有解开。</translation>
    </message>
    <message>
        <source>This is a link or a device, not a file. It was not unpacked.</source>
        <translation>这是链接或设备，不是文件。没有解开。</translation>
    </message>
    <message>
        <source>This file in it is damaged and could not be unpacked.</source>
        <translation>其中的这个文件已损坏，无法解开。</translation>
    </message>
    <message>
        <source>The e-mail’s date and the servers that passed it on disagree by {minutes} minutes.</source>
        <translation>邮件上的日期与转发服务器的时间相差 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>The e-mail refers to pictures on the internet. They were not loaded, so that nobody learns that it was read.</source>
        <translation>邮件引用了互联网上的图片。没有加载，以免别人得知邮件已被阅读。</translation>
    </message>
    <message>
        <source>This is a WeChat voice message in the SILK format. It was kept, but cannot be played here.</source>
        <translation>这是 SILK 格式的微信语音。它已保存，但无法在此播放。</translation>
    </message>
    <message>
        <source>{count} contacts were read. They name the numbers in this case.</source>
        <translation>已读取通讯录中的 {count} 个联系人，用来显示号码对应的姓名。</translation>
    </message>
    <message>
        <source>{count} texts whose characters the app had written wrongly were mended.</source>
        <translation>已修正 {count} 段被应用写错字符的文字。</translation>
    </message>
    <message>
        <source>{count} rows stand in the file more than once. Each was kept, and is marked.</source>
        <translation>文件中有 {count} 行重复出现。每一行都已保存并标明。</translation>
    </message>
    <message>
        <source>This table has no column for numbers. The calls were taken in; whose they are it does not say.</source>
        <translation>这张表没有号码列。通话已收入，但表中没有写明对方是谁。</translation>
    </message>
    <message>
        <source>Some rows do not say in words that the program knows who called. Please say what they mean.</source>
        <translation>有些行没有用程序认识的词写明是谁打给谁。请说明它们的意思。</translation>
    </message>
    <message>
        <source>The dates have no year, and the file does not say which it was. Until you do, these entries have no time.</source>
        <translation>这些日期没有写年份，文件里也看不出是哪一年。在您说明之前，这些记录不带时间。</translation>
    </message>
    <message>
        <source>The table does not say whether it counts minutes or seconds. Until you do, these calls have no duration.</source>
        <translation>表中没有写明时长是分钟还是秒。在您说明之前，这些通话没有时长。</translation>
    </message>
    <message>
        <source>It is unsure how the letters in this file are written down. Please choose the line that you can read.</source>
        <translation>无法确定这个文件的文字编码。请选出您能看懂的那一行。</translation>
    </message>
    <message>
        <source>The file does not say with whom this conversation was. Please say so.</source>
        <translation>文件没有写明这是和谁的对话。请您说明。</translation>
    </message>
    <message>
        <source>{count} forwarded calls stand in the file twice. Each is counted once.</source>
        <translation>有 {count} 通呼叫转移的电话在文件里各记了两行，每通只计一次。</translation>
    </message>
    <message>
        <source>The mapping of columns does not fit this table: {reason}.</source>
        <translation>列的对应关系不适用于此表格：{reason}。</translation>
    </message>
    <message>
        <source>There is an open question about this file.</source>
        <translation>关于此文件还有一个问题待回答。</translation>
    </message>
    <message>
        <source>“{value}” is no answer to this question.</source>
        <translation>“{value}”不是这个问题的答案。</translation>
    </message>
    <message>
        <source>{path} is not an evidence package, or it cannot be opened. A package is a folder or a ZIP file with a file “bagit.txt” in it.</source>
        <translation>{path} 不是证据包，或无法打开。证据包是含有文件“bagit.txt”的文件夹或 ZIP 文件。</translation>
    </message>
    <message>
        <source>This case is locked with a password.</source>
        <translation>这个证据夹有密码保护。</translation>
    </message>
    <message>
        <source>The password does not open this case. Nothing was changed.</source>
        <translation>密码打不开这个证据夹。没有任何改动。</translation>
    </message>
    <message>
        <source>The case file is no longer at {path}. What was saved before is in it: please connect the drive again, or save a copy of the case elsewhere.</source>
        <translation>证据夹文件已不在 {path}。之前保存的内容都在里面：请重新连接磁盘，或把证据夹副本保存到别处。</translation>
    </message>
    <message>
        <source>The case file was moved or deleted while it was open. The last change was not made. All that was saved before is now in {saved}: please open that one.</source>
        <translation>证据夹打开期间，文件被移走或删除了。最后一次改动没有生效。此前保存的内容都已存到 {saved}，请打开那一份。</translation>
    </message>
    <message>
        <source>Another file was put in the place of {path} while the case was open. The last change was not made. Please save a copy of the case elsewhere.</source>
        <translation>证据夹打开期间，{path} 被换成了另一个文件。最后一次改动没有生效。请把证据夹另存一份到别处。</translation>
    </message>
    <message>
        <source>Another file was put in the place of the case while it was open. The last change was not made. All that was saved before is now in {saved}: please open that one.</source>
        <translation>证据夹打开期间，文件被换成了另一个。最后一次改动没有生效。此前保存的内容都已存到 {saved}，请打开那一份。</translation>
    </message>
    <message>
        <source>There is too little room on this computer to keep another copy of the case. The case itself is saved.</source>
        <translation>这台电脑的空间不足以再保留一份证据夹副本。证据夹本身已保存。</translation>
    </message>
    <message>
        <source>Please enter a password.</source>
        <translation>请输入密码。</translation>
    </message>
    <message>
        <source>This case has no password.</source>
        <translation>这个证据夹没有密码。</translation>
    </message>
    <message>
        <source>This case has a password already.</source>
        <translation>这个证据夹已有密码。</translation>
    </message>
    <message>
        <source>{address} did not answer ({reason}). Nothing was changed; please check whether this computer is online, or choose another authority.</source>
        <translation>{address} 没有回应（{reason}）。没有任何改动；请检查这台电脑是否联网，或选择另一个机构。</translation>
    </message>
    <message>
        <source>{address} gave no timestamp ({reason}). Nothing was changed.</source>
        <translation>{address} 没有给出时间戳（{reason}）。没有任何改动。</translation>
    </message>
    <message>
        <source>The timestamp cannot be relied on ({reason}). Nothing was changed.</source>
        <translation>收到的时间戳没有通过核对（{reason}），没有保存。</translation>
    </message>
    <message>
        <source>At this place there was another case when this computer saw it last. The file may have been swapped.</source>
        <translation>这台电脑上次在这个位置见到的是另一个证据夹。文件可能被调换。</translation>
    </message>
    <message>
        <source>This computer has seen a later state of this case: {expected} entries in its history, and this file has {found}. Its end may have been cut off.</source>
        <translation>这台电脑见过这个证据夹更新的状态：操作记录有 {expected} 条，而这个文件只有 {found} 条。结尾可能被截掉了。</translation>
    </message>
    <message>
        <source>From entry {where} on, the history of this case differs from what this computer saw last. It may have been rewritten.</source>
        <translation>从第 {where} 条起，这个证据夹的操作记录与这台电脑见过的不同。可能被重新写过。</translation>
    </message>
    <message>
        <source>From entry {where} of the history on, this case was changed on another computer that this one does not know. Its key begins with {found}.</source>
        <translation>从操作记录第 {where} 条起，这个证据夹是在另一台电脑上改动的，这台电脑不认识它。它的签名密钥以 {found} 开头。</translation>
    </message>
    <message>
        <source>The case file is not built as this program builds it: another program changed “{where}”.</source>
        <translation>证据夹文件的结构与本程序生成的不同：“{where}”被别的程序改过。</translation>
    </message>
    <message>
        <source>The case file is not built as this program builds it: another program added “{where}”.</source>
        <translation>证据夹文件的结构与本程序生成的不同：“{where}”是别的程序加进去的。</translation>
    </message>
    <message>
        <source>The case file is not built as this program builds it: “{where}” is missing.</source>
        <translation>证据夹文件的结构与本程序生成的不同：缺少“{where}”。</translation>
    </message>
    <message>
        <source>The case file says that it is of version {found}, but it is built as version {expected}. Somebody may have tried to hide changes.</source>
        <translation>证据夹文件自称是版本 {found}，但它的结构是版本 {expected}。可能有人想掩盖改动。</translation>
    </message>
    <message>
        <source>This case says that it was made by a newer version of the program ({found}; this one knows {expected}). It can be looked at, but not all of it can be checked.</source>
        <translation>这个证据夹自称由新版程序生成（{found}；本程序只认识到 {expected}）。可以查看，但无法全部检查。</translation>
    </message>
    <message>
        <source>A newer version of the program made “{where}”, which could not be checked.</source>
        <translation>“{where}”由新版程序生成，无法检查。</translation>
    </message>
    <message>
        <source>The end of the history is not as this program writes it (entry {where}). The file was changed with another program, or is damaged.</source>
        <translation>操作记录的末尾（第 {where} 条）不是本程序写成的样子。文件被别的程序改过，或者已损坏。</translation>
    </message>
    <message>
        <source>The case file does not say the same as its history about “{where}”. It was changed with another program, or is damaged.</source>
        <translation>关于“{where}”，证据夹文件与它的操作记录说法不一致。文件被其他程序改动过，或已损坏。</translation>
    </message>
    <message>
        <source>This computer wrote entries of this history, but its note of what it saw of the case is gone. So it cannot tell whether this is an older copy. If you kept a check code, compare it.</source>
        <translation>这份操作记录中有这台电脑写下的内容，但它对此证据夹的备忘已经不在了，因此无法判断这是不是较早的一份。如果您保存过核对码，请核对一下。</translation>
    </message>
    <message>
        <source>Other accounts of this computer could read the key with which this program signs, and sign as you. It is closed to them when you next change something.</source>
        <translation>这台电脑上的其他账户可以读取本程序签名用的密钥，并以您的名义签名。您下次改动证据夹时，程序会收回这一权限。</translation>
    </message>
    <message>
        <source>The newest entry of the history is of {found}, which is later than now. The clock of this computer may be wrong; please set it before you go on.</source>
        <translation>操作记录最新一条的时间是 {found}，比现在还晚。这台电脑的时间可能不对，请先校准再继续。</translation>
    </message>
    <message>
        <source>The file {path} has a second name on this drive and would be changed under that name too. So it is open for reading only. To go on, save a copy of the case and open the copy.</source>
        <translation>文件 {path} 在这个磁盘上还有另一个名称（硬链接），改动时那一份也会一起改变，所以现在只能查看。要继续工作，请另存一份证据夹，再打开那一份。</translation>
    </message>
    <message>
        <source>When this computer saw this case last, it had a password; this file has none. If you did not remove it yourself, somebody who knows it did: whatever you add can now be read by anybody who has the file.</source>
        <translation>这台电脑上次见到这个证据夹时，它设有密码；现在这个文件没有密码。如果不是您自己取消的，那就是知道密码的人取消的：您接下来添加的内容，任何拿到这个文件的人都能看到。</translation>
    </message>
    <message>
        <source>The first {found} entries of the history are of an older version of the program, which signed nothing. Nothing shows whether the case was changed before entry {where}.</source>
        <translation>操作记录的前 {found} 条来自不签名的旧版程序。第 {where} 条之前证据夹是否被改过，无从判断。</translation>
    </message>
    <message>
        <source>This computer sees this case for the first time. It was made or changed on another computer.</source>
        <translation>这台电脑第一次见到这个证据夹。它是在另一台电脑上创建或改动的。</translation>
    </message>
    <message>
        <source>This computer cannot keep its note of what it saw of this case ({path}). Until it can, it would not notice if an older copy were put in its place.</source>
        <translation>这台电脑无法记下它见过的这个证据夹的状态（{path}）。在恢复之前，如果有人换成较旧的副本，程序发现不了。</translation>
    </message>
    <message>
        <source>“{value}” is not a recording. Only recordings and videos have a transcript.</source>
        <translation>“{value}”不是录音。只有录音和视频才有文字稿。</translation>
    </message>
    <message>
        <source>The transcript could not be opened ({reason}). Nothing was changed.</source>
        <translation>文字稿打不开（{reason}）。没有任何改动。</translation>
    </message>
    <message>
        <source>This file is not text that can be read. Nothing was changed; please choose a transcript in the form .srt or .vtt.</source>
        <translation>这个文件不是能读取的文字。没有任何改动；请选择 .srt 或 .vtt 格式的文字稿。</translation>
    </message>
    <message>
        <source>This file is too large for a transcript. Nothing was changed.</source>
        <translation>这个文件太大，不像是文字稿。没有任何改动。</translation>
    </message>
    <message>
        <source>There are no words with times in this file. Nothing was changed.</source>
        <translation>这个文件里没有带时间的文字。没有任何改动。</translation>
    </message>
    <message>
        <source>Line {line} of the transcript cannot be read: it should begin a part with its times, as in 00:01:23,000 --&gt; 00:01:25,500. Nothing was changed.</source>
        <translation>文字稿的第 {line} 行无法读取：这里应当是一段的时间，例如 00:01:23,000 --&gt; 00:01:25,500。没有任何改动。</translation>
    </message>
    <message>
        <source>In line {line} of the transcript, the end is before the beginning. Nothing was changed.</source>
        <translation>文字稿第 {line} 行的结束时间早于开始时间。没有任何改动。</translation>
    </message>
    <message>
        <source>The transcript goes on after the end of this recording: it seems to belong to another one. Nothing was changed.</source>
        <translation>这份文字稿比录音还长，可能是另一段录音的。没有任何改动。</translation>
    </message>
    <message>
        <source>These times are not within the recording. Nothing was changed.</source>
        <translation>这段时间不在录音范围内。没有任何改动。</translation>
    </message>
    <message>
        <source>Speech recognition is not part of this installation. You can write the transcript yourself, or install the extra “speech”.</source>
        <translation>这次安装不包含语音识别。您可以自己写文字稿，或安装附加组件 speech。</translation>
    </message>
    <message>
        <source>Please choose the folder of a speech model first.</source>
        <translation>请先选择语音模型所在的文件夹。</translation>
    </message>
    <message>
        <source>There is no speech model in this folder. It should hold the files config.json, model.bin, tokenizer.json and a vocabulary.</source>
        <translation>这个文件夹里没有语音模型。里面应当有 config.json、model.bin、tokenizer.json 和词表文件。</translation>
    </message>
    <message>
        <source>This model is for another engine ({engine}). Please choose one for faster-whisper (CTranslate2).</source>
        <translation>这个模型是给另一种引擎（{engine}）用的。请选择 faster-whisper（CTranslate2）的模型。</translation>
    </message>
    <message>
        <source>The speech model cannot be used: it is damaged, incomplete or of another kind. Your recordings are safe; please choose another model.</source>
        <translation>您的录音都在。这个语音模型用不了：已损坏、不完整或不是这一种。请换一个模型。</translation>
    </message>
    <message>
        <source>The sound of this recording cannot be decoded. It was kept; you can write the transcript yourself.</source>
        <translation>录音已保存，但其中的声音无法解码。您可以自己写文字稿。</translation>
    </message>
</context>
<context>
    <name>MessageStrip</name>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>What was just done</source>
        <translation>刚才做了什么</translation>
    </message>
    <message>
        <source>{0} goes to this message</source>
        <translation>按 {0} 可转到这条消息</translation>
    </message>
</context>
<context>
    <name>MismatchQuestion</name>
    <message>
        <source>Nothing was exported: something in this case is not as it was put in.</source>
        <translation>没有导出：证据夹中有内容与操作记录不一致。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody may have changed the case file without this program, or it was damaged. Look for another copy of it first. If you export it anyway, the document itself says what does not agree.</source>
        <translation>可能有人不通过本程序改动了证据夹文件，也可能文件已损坏。请先找找有没有别的备份。如果仍要导出，导出的文件里会写明哪些地方不一致。</translation>
    </message>
    <message>
        <source>Export anyway, and say so in it</source>
        <translation>仍然导出，并在其中写明</translation>
    </message>
    <message>
        <source>Do not export</source>
        <translation>不导出</translation>
    </message>
</context>
<context>
    <name>MismatchTable</name>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实为</translation>
    </message>
    <message>
        <source>What does not agree</source>
        <translation>不一致之处</translation>
    </message>
</context>
<context>
    <name>MoreChoices</name>
    <message>
        <source>Wide left margin for binding (28 mm)</source>
        <translation>左侧留出装订边（28 毫米）</translation>
    </message>
    <message>
        <source>Files of which I chose only some entries, whole</source>
        <translation>只选了部分记录的文件，也整份放入</translation>
    </message>
    <message>
        <source>Without this, a message backup leaves with the chosen messages only. With it, everything that is in the file leaves too.</source>
        <translation>不勾选时，短信备份里只有选中的短信会被放入；勾选后，文件里的全部内容都会一起放入。</translation>
    </message>
    <message>
        <source>Place and device of photos</source>
        <translation>照片的拍摄地点和拍摄设备</translation>
    </message>
    <message>
        <source>Files of photos often hold the place and the device. Without this, neither is printed, and copies without both go into the package.</source>
        <translation>照片文件中常有拍摄地点和设备信息。不勾选时，两者都不印出，放入证据包的是去除这些信息的副本。</translation>
    </message>
    <message>
        <source>Whoever has the report then has the files too, and can save them from the PDF. Where you blacked something out, a copy goes instead. The list of original files is always part of such a report.</source>
        <translation>勾选后，拿到证据册的人也就拿到了这些文件，可以从 PDF 里另存出来。您涂黑过的文件，附上的是涂黑后的副本。这样的证据册一定包含原始文件清单。</translation>
    </message>
    <message>
        <source>Many e-mail providers refuse more than 20 MB, and complaint pages often less.</source>
        <translation>许多邮箱拒收超过 20 MB 的附件，投诉网站的限制往往更小。</translation>
    </message>
    <message>
        <source>Put the originals into the PDF</source>
        <translation>把原始文件附在 PDF 里</translation>
    </message>
    <message>
        <source>Put the originals into the PDF ({0})</source>
        <translation>把原始文件附在 PDF 里（{0}）</translation>
    </message>
</context>
<context>
    <name>OneWindow</name>
    <message>
        <source>This case is open in another window, which is in front now. Go on there.</source>
        <translation>这个证据夹已在另一个窗口中打开，那个窗口现在显示在最前面。请在那里继续。</translation>
    </message>
</context>
<context>
    <name>OriginalActions</name>
    <message>
        <source>Save a copy of the original file</source>
        <translation>另存原始文件</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>OwnActDialog</name>
    <message>
        <source>I don’t know</source>
        <translation>我不清楚</translation>
    </message>
    <message>
        <source>Day and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>Only the day</source>
        <translation>只知道日期</translation>
    </message>
    <message>
        <source>I don’t know when</source>
        <translation>不记得时间</translation>
    </message>
    <message>
        <source>What I did</source>
        <translation>我做过的事</translation>
    </message>
    <message>
        <source>What is known of the time</source>
        <translation>时间知道多少</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Optional: what you said or wrote</source>
        <translation>选填：您说了或写了什么</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Contact agreed from – until</source>
        <translation>约定的联系时段</translation>
    </message>
    <message>
        <source>In your words</source>
        <translation>您的描述</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Who is to be left alone</source>
        <translation>不应再联系谁</translation>
    </message>
    <message>
        <source>Towards whom</source>
        <translation>向谁</translation>
    </message>
    <message>
        <source>Their number or name</source>
        <translation>对方的号码或姓名</translation>
    </message>
    <message>
        <source>A number or a name; empty for all who collect</source>
        <translation>号码或姓名；留空表示所有催收方</translation>
    </message>
    <message>
        <source>Please say from when to when contact was agreed.</source>
        <translation>请写明约定的起止时间。</translation>
    </message>
</context>
<context>
    <name>OwnActMenu</name>
    <message>
        <source>What I did here</source>
        <translation>我在这里做了什么</translation>
    </message>
    <message>
        <source>What I did</source>
        <translation>我做过的事</translation>
    </message>
    <message>
        <source>Another day, or more to say…</source>
        <translation>改日期，或写得更详细…</translation>
    </message>
</context>
<context>
    <name>PackageBand</name>
    <message>
        <source>This is the evidence package “{0}”. It cannot be changed.</source>
        <translation>这是证据包“{0}”，只能查看，不能修改。</translation>
    </message>
    <message>
        <source>Checked: nothing was changed, added or taken away since it was made, as far as its signature vouches.</source>
        <translation>检查结果：在其签名能够担保的范围内，生成之后没有改动、增加或减少任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>Checked: %n problem(s) found. Do not rely on what is shown here.</source>
        <translation>
            <numerusform>检查发现 %n 处问题，请不要依赖这里显示的内容。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of its list are not in it.</source>
        <translation>
            <numerusform>清单中有 %n 个文件不在证据包里。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) cannot be shown.</source>
        <translation>
            <numerusform>有 %n 行无法显示。</numerusform>
        </translation>
    </message>
    <message>
        <source>It does not tell what each person is to the case.</source>
        <translation>证据包里没有写明每个人与案件的关系。</translation>
    </message>
    <message>
        <source>Evidence report</source>
        <translation>证据册</translation>
    </message>
    <message>
        <source>What was checked…</source>
        <translation>查看检查结果…</translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message>
        <source>Evidence package “{0}”</source>
        <translation>证据包“{0}”</translation>
    </message>
    <message>
        <source>Every file is read…</source>
        <translation>正在读取每个文件…</translation>
    </message>
    <message>
        <source>Check code</source>
        <translation>核对码</translation>
    </message>
    <message>
        <source>Open it to look</source>
        <translation>打开查看</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are as they were when the package was made.</source>
        <translation>
            <numerusform>%n 个文件与制作证据包时一致。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was added and nothing is missing.</source>
        <translation>没有多出文件，也没有缺少文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the history follow each other.</source>
        <translation>
            <numerusform>记录的 %n 行前后相接。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The history agrees with %n entry(ies) in the tables.</source>
        <translation>
            <numerusform>操作记录为表格中的 %n 条记录作保。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found.</source>
        <translation>
            <numerusform>有 %n 处不符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Whoever changes a package can sign it again with another key. Compare this key and the check code with those in an evidence report or a message that reached you by another route.</source>
        <translation>改动证据包的人可以换一把密钥重新签名。所以请把这里的公钥和核对码，与您从别的途径（例如纸质证据册）得到的核对。</translation>
    </message>
    <message>
        <source>The history in this package was signed with another key: {0}. Whoever made this package did not write the history.</source>
        <translation>这个证据包里的操作记录是用另一个密钥签名的：{0}。制作证据包的人并不是写操作记录的人。</translation>
    </message>
    <message>
        <source>From entry {0} of the history on, another key signs than before. Ask the person who made the case whether it was handed over then.</source>
        <translation>从操作记录第 {0} 条起，签名的密钥与之前不同。请向制作证据夹的人确认，证据夹当时是否交给了别人。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the history are of an older version: their words cannot be shown, only their SHA-256 values.</source>
        <translation>
            <numerusform>操作记录中有 %n 条由旧版本写入：不能公开文字，只能显示校验值。</numerusform>
        </translation>
    </message>
    <message>
        <source>This file is not built as this program writes packages, so nothing in it was read. If somebody packed the folder again, unpack it and check the folder.</source>
        <translation>这个文件的结构与本程序制作的证据包不同，因此没有读取其中的内容。如果有人重新压缩过文件夹，请先解压，再检查文件夹。</translation>
    </message>
    <message>
        <source>Signed with the key of this computer: {0}</source>
        <translation>由这台电脑的签名密钥签名：{0}</translation>
    </message>
    <message>
        <source>Signed with the key of another computer: {0}</source>
        <translation>由另一台电脑的密钥签名：{0}</translation>
    </message>
    <message>
        <source>Check an evidence package</source>
        <translation>检查证据包</translation>
    </message>
    <message>
        <source>Evidence packages</source>
        <translation>证据包</translation>
    </message>
</context>
<context>
    <name>PackageOpener</name>
    <message>
        <source>Checking the evidence package “{0}”…</source>
        <translation>正在检查证据包“{0}”…</translation>
    </message>
</context>
<context>
    <name>PagedModel</name>
    <message>
        <source>This could not be read. {0}</source>
        <translation>这条内容没能读出来。{0}</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>PartList</name>
    <message>
        <source>Exhibit index</source>
        <translation>证据目录</translation>
    </message>
    <message>
        <source>At a glance</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Suspected violations</source>
        <translation>涉嫌违规</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Exhibits</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Call-log entries</source>
        <translation>附录：通话记录</translation>
    </message>
    <message>
        <source>Numbers and people</source>
        <translation>号码和人员</translation>
    </message>
    <message>
        <source>List of original files</source>
        <translation>原始文件清单</translation>
    </message>
    <message>
        <source>What is included</source>
        <translation>收录情况</translation>
    </message>
    <message>
        <source>History</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>How to read and check it</source>
        <translation>如何阅读和核对</translation>
    </message>
    <message>
        <source>Declaration to sign (draft)</source>
        <translation>声明（草稿，供签名）</translation>
    </message>
    <message>
        <source>A complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>A court</source>
        <translation>诉讼</translation>
    </message>
    <message>
        <source>The police</source>
        <translation>报案</translation>
    </message>
    <message>
        <source>A lawyer (everything)</source>
        <translation>咨询律师（全部内容）</translation>
    </message>
    <message>
        <source>Contents of the evidence report</source>
        <translation>证据册的内容</translation>
    </message>
</context>
<context>
    <name>PartiesModel</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Numbers and addresses</source>
        <translation>号码和地址</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>PartiesPage</name>
    <message>
        <source>Search names, numbers and notes</source>
        <translation>搜索姓名、号码和备注</translation>
    </message>
    <message>
        <source>Show on timeline</source>
        <translation>在时间线上显示</translation>
    </message>
    <message>
        <source>Several numbers of one person or agency: choose them, and put them together.</source>
        <translation>同一个人或机构的多个号码：选中它们，然后合并。</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>拆分…</translation>
    </message>
    <message>
        <source>Give some of the numbers back to somebody else.</source>
        <translation>把其中的部分号码分给另一个人。</translation>
    </message>
    <message>
        <source>Say who is who: the role decides which rules may apply. Double-click a name, a role or a note to change it.</source>
        <translation>双击就能填写姓名、身份和备注。身份不同，适用的规则可能不同；不知道的可以先空着。</translation>
    </message>
    <message>
        <source>How do I tell?</source>
        <translation>怎么判断？</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有符合的内容</translation>
    </message>
    <message>
        <source>Nobody fits the search above.</source>
        <translation>没有符合上面搜索内容的人员。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>No people yet</source>
        <translation>这里还没有人员</translation>
    </message>
    <message>
        <source>Everyone who called or wrote stands here, as soon as you have added call logs or messages.</source>
        <translation>添加通话记录或消息后，打来电话或发来消息的人都会列在这里。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>身份</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Password of the case</source>
        <translation>证据夹密码</translation>
    </message>
    <message>
        <source>Strength of the password</source>
        <translation>密码强度</translation>
    </message>
    <message numerus="yes">
        <source>After %n minute(s) without use</source>
        <translation>
            <numerusform>闲置 %n 分钟后</numerusform>
        </translation>
    </message>
    <message>
        <source>Only when I close it</source>
        <translation>仅在我关闭时</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>Lock the case</source>
        <translation>锁定证据夹</translation>
    </message>
    <message>
        <source>Remove the password</source>
        <translation>取消密码</translation>
    </message>
    <message>
        <source>Print the recovery code afterwards</source>
        <translation>之后打印恢复码</translation>
    </message>
    <message>
        <source>Choose a password that you will remember, such as four or five unrelated words, and print the recovery code and keep it in a safe place. If you lose both, nobody can open the case any more, not even the makers of this program.</source>
        <translation>请选一个记得住的密码，例如四五个不相关的词，并把恢复码打印出来放好。密码和恢复码都丢了，就再也打不开了，本程序的作者也没有办法。</translation>
    </message>
    <message>
        <source>The case file is rewritten, which takes a while. Earlier automatic backups are deleted, and a new one is made. A case with a password is not listed among the recent ones: remember where the file is.</source>
        <translation>证据夹会重新写入，需要一些时间。此前自动备份会被删除，并新建一份。有密码的证据夹不会列在“最近的证据夹”中：请记住文件的位置。</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>当前密码</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>Set the password</source>
        <translation>设置密码</translation>
    </message>
    <message>
        <source>Please enter the current password.</source>
        <translation>请输入当前密码。</translation>
    </message>
    <message>
        <source>Please enter a new password.</source>
        <translation>请输入新密码。</translation>
    </message>
    <message>
        <source>Please enter the new password once more.</source>
        <translation>请再输入一次新密码。</translation>
    </message>
    <message>
        <source>The two entries differ. Please enter the new password once more.</source>
        <translation>两次输入不一致，请再输入一次新密码。</translation>
    </message>
    <message>
        <source>Very weak.</source>
        <translation>太弱：很快会被猜到。</translation>
    </message>
    <message>
        <source>Easy to guess.</source>
        <translation>容易被猜到。</translation>
    </message>
    <message>
        <source>Somebody with time could guess it.</source>
        <translation>一般：花些时间可能被猜到。</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>良好。</translation>
    </message>
    <message>
        <source>Very good.</source>
        <translation>很好。</translation>
    </message>
    <message>
        <source>Several words are best.</source>
        <translation>最好用几个词。</translation>
    </message>
</context>
<context>
    <name>PlainPane</name>
    <message>
        <source>Save a copy…</source>
        <translation>保存副本…</translation>
    </message>
    <message>
        <source>Copy the SHA-256 value</source>
        <translation>复制校验值</translation>
    </message>
    <message>
        <source>This file is empty (0 bytes). It is kept as it came.</source>
        <translation>这个文件是空的（0 字节）。已原样保存。</translation>
    </message>
    <message>
        <source>The program cannot show this file ({0}). It is kept unaltered, counts as evidence like any other, and can be saved and opened with another program.</source>
        <translation>程序不能显示这个文件（{0}）。它已原样保存，可以另存后用别的程序打开。</translation>
    </message>
</context>
<context>
    <name>ProofDialog</name>
    <message>
        <source>What this proves, and what it doesn’t</source>
        <translation>这能说明什么，不能说明什么</translation>
    </message>
    <message>
        <source>What it shows</source>
        <translation>它能说明什么</translation>
    </message>
    <message>
        <source>What it does not show</source>
        <translation>它不能说明什么</translation>
    </message>
    <message>
        <source>What you can do to make it stronger</source>
        <translation>怎样让它更有说服力</translation>
    </message>
    <message>
        <source>Whether it was changed since import: every file is kept exactly as it is, with its SHA-256 value. If a single bit changes, the check finds it.</source>
        <translation>导入之后有没有被改动：每个文件都原样保存，并记下校验值（SHA-256）。哪怕只改一处，检查时也会发现。</translation>
    </message>
    <message>
        <source>Whether the case was tampered with: everything that is done to it is an entry in its history. Each entry is linked to the one before, holds the SHA-256 values of the data that it changed, and is signed with a key that stays on this computer. If something is changed, added or removed with other tools, the check finds it.</source>
        <translation>改动会留痕：对证据夹做的每件事都是操作记录中的一行。每一条都与前一条相连，包含所改数据的校验值，并用只存在这台电脑上的密钥签名。用其他工具修改、添加或删除内容，都会被发现。</translation>
    </message>
    <message>
        <source>Anyone can check: “evidence-app verify” recalculates everything and relies on no earlier result.</source>
        <translation>别人也能核对：“evidence-app verify”每次都从头计算，不采用以前的检查结果。</translation>
    </message>
    <message>
        <source>That nothing was left out. The evidence report says what was chosen and what was not.</source>
        <translation>内容是否有遗漏。证据册会说明选入了什么、没有选入什么。</translation>
    </message>
    <message>
        <source>The exact time of import, unless there is a trusted timestamp: it comes from this computer’s clock.</source>
        <translation>导入的准确时间：没有第三方时间戳时，只能依据这台电脑的时钟。</translation>
    </message>
    <message>
        <source>That the person with this computer did not rewrite the history: whoever has it and its key could. Somebody who has only the file cannot.</source>
        <translation>用这台电脑的人没有重写过操作记录：有电脑和密钥的人可以从头重写，只拿到文件的人不能。所以请尽早交出一份证据册，或取得第三方时间戳。</translation>
    </message>
    <message>
        <source>Hand over an evidence report early. Its last pages have a check code and the public key; whoever has them can see later whether the history up to there is still the same.</source>
        <translation>尽早交出一份证据册。最后几页有核对码和公钥；持有它们的人以后可以看出到那时为止的操作记录是否仍然一致。</translation>
    </message>
    <message>
        <source>Hand over an evidence package (Export menu) with the original files. Whoever gets it can check every file; files that were changed, removed or added are found.</source>
        <translation>交出带原始文件的证据包（“导出”菜单）。收到的人可以核对每个文件；被改动、删除或添加的文件都会被发现。</translation>
    </message>
    <message>
        <source>Get a trusted timestamp (Case menu). An independent timestamp service then states that what is in the case existed at that time. Only a SHA-256 value is sent.</source>
        <translation>获取第三方时间戳（“证据夹”菜单）。由独立机构证明证据夹的这一状态在那时已经存在。只发送一个校验值。</translation>
    </message>
    <message>
        <source>Add certificates from others to the evidence, such as a notary’s deed or a timestamp certificate.</source>
        <translation>把他人出具的证明与证据放在一起：公证书、可信时间戳、权利卫士等。</translation>
    </message>
    <message>
        <source>Who wrote a message, whether a picture tells the truth, or whether a file was changed before you added it. For that, the phone itself or the provider must be asked. Please keep the phone.</source>
        <translation>消息是谁写的、图片是否真实、文件在您添加之前是否被改过。这些要靠手机本身或运营商、平台来查证。请保留好手机，不要恢复出厂设置。</translation>
    </message>
</context>
<context>
    <name>ProposalWords</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Voice message</source>
        <translation>语音消息</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Money transfer</source>
        <translation>转账</translation>
    </message>
    <message>
        <source>Link or file</source>
        <translation>链接或文件</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Notice of the app</source>
        <translation>应用提示</translation>
    </message>
    <message>
        <source>the year is assumed</source>
        <translation>年份为推测</translation>
    </message>
    <message>
        <source>day or month is unclear</source>
        <translation>日和月分不清</translation>
    </message>
    <message>
        <source>the day may be the next one</source>
        <translation>也可能是第二天</translation>
    </message>
    <message>
        <source>the weekday does not fit</source>
        <translation>与星期不符</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s), their times are not shown</source>
        <translation>
            <numerusform>%n 次通话，图中没有写明各次时间</numerusform>
        </translation>
    </message>
    <message>
        <source>No time is shown</source>
        <translation>图中没有写时间</translation>
    </message>
    <message>
        <source>“{0}”; the day is not known</source>
        <translation>“{0}”，不知道是哪一天</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QPrintPropertiesWidget</name>
    <message>
        <source>Page &amp;Set:</source>
        <translation>页面范围(&amp;S)：</translation>
    </message>
</context>
<context>
    <name>QuestionBar</name>
    <message>
        <source>Answer…</source>
        <translation>回答…</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) about your files: some things only you can know.</source>
        <translation>
            <numerusform>关于您的文件有 %n 个问题：有些事只有您知道。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>It is only a document</source>
        <translation>只是一份文档</translation>
    </message>
    <message>
        <source>What comes first in these dates?</source>
        <translation>这些日期里先写的是什么？</translation>
    </message>
    <message>
        <source>Which number or name is yours?</source>
        <translation>哪个号码或名字是您的？</translation>
    </message>
    <message>
        <source>What do the columns of this table hold?</source>
        <translation>这张表格的各列是什么？</translation>
    </message>
    <message>
        <source>What is the password of this file?</source>
        <translation>这个文件的密码是什么？</translation>
    </message>
    <message>
        <source>Who called in these rows?</source>
        <translation>这些行里是谁打给谁？</translation>
    </message>
    <message>
        <source>Does this table count minutes or seconds?</source>
        <translation>这张表的时长是分钟还是秒？</translation>
    </message>
    <message>
        <source>Which of these lines can you read?</source>
        <translation>下面哪一行您能看懂？</translation>
    </message>
    <message>
        <source>With whom was this conversation?</source>
        <translation>这是和谁的对话？</translation>
    </message>
    <message>
        <source>Is this a conversation?</source>
        <translation>这是聊天记录吗？</translation>
    </message>
    <message>
        <source>Until then these entries have no time and do not count.</source>
        <translation>在此之前，这些记录没有时间，也不计入统计。</translation>
    </message>
    <message>
        <source>As a conversation, each message appears on the timeline. As a document, the file is kept as one text without a date.</source>
        <translation>作为聊天记录，每条消息都会列入时间线；作为文档，文件会整份保存，不带日期。</translation>
    </message>
    <message>
        <source>Which time zone are these times in?</source>
        <translation>这些时间是哪个时区的？</translation>
    </message>
    <message>
        <source>How do I answer this?</source>
        <translation>这个怎么回答？</translation>
    </message>
    <message>
        <source>Which year are these dates from?</source>
        <translation>这些日期是哪一年的？</translation>
    </message>
    <message>
        <source>This decides which calls and messages were incoming.</source>
        <translation>这决定哪些电话和消息是收到的，哪些是发出的。</translation>
    </message>
    <message>
        <source>Until you say otherwise, the zone of the case is assumed, and shown as such.</source>
        <translation>您回答之前，暂按证据夹的时区显示，并注明是假定。</translation>
    </message>
    <message>
        <source>It is used once and not kept.</source>
        <translation>只使用一次，不会保存。</translation>
    </message>
    <message>
        <source>Until then these calls and messages are neither incoming nor outgoing.</source>
        <translation>在此之前，这些电话和消息既不算对方打来，也不算您打出。</translation>
    </message>
    <message>
        <source>Until then these calls have no duration.</source>
        <translation>在此之前，这些通话没有时长。</translation>
    </message>
    <message>
        <source>The file does not say how its letters are written down. The right line shows.</source>
        <translation>文件没有写明文字编码。能看懂的那一行就是对的。</translation>
    </message>
    <message>
        <source>The file names nobody but, maybe, you.</source>
        <translation>文件里没有写对方的名字。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the table…</source>
        <translation>查看表格…</translation>
    </message>
    <message>
        <source>It is a conversation</source>
        <translation>是聊天记录</translation>
    </message>
    <message>
        <source>“{0}” is {1}</source>
        <translation>“{0}”是 {1}</translation>
    </message>
    <message>
        <source>Please choose a city from the list first.</source>
        <translation>请先从列表中选一个城市。</translation>
    </message>
    <message>
        <source>Please choose or enter an answer first.</source>
        <translation>请先选择或填写答案。</translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message>
        <source>Questions about your files</source>
        <translation>关于您的文件的问题</translation>
    </message>
    <message>
        <source>The files do not say these things, and the program does not guess. Everything is kept already; you can answer now or later.</source>
        <translation>有几件事文件里没有写，程序也不会乱猜。您的文件都已存好；现在回答或以后回答都可以。</translation>
    </message>
    <message>
        <source>No question is open. Thank you.</source>
        <translation>没有待回答的问题。谢谢。</translation>
    </message>
</context>
<context>
    <name>ReadPanel</name>
    <message>
        <source>Suggested entries</source>
        <translation>建议的记录</translation>
    </message>
    <message>
        <source>Please compare them with the picture. Only what you accept is used.</source>
        <translation>请对照图片核对，只有您采用的才会使用。</translation>
    </message>
    <message>
        <source>Text in the picture</source>
        <translation>图片中的文字</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>全部采用</translation>
    </message>
    <message>
        <source>Double-click a line to correct it.</source>
        <translation>双击一行可以更正。</translation>
    </message>
    <message numerus="yes">
        <source>Show %n joined screenshot(s)</source>
        <translation>
            <numerusform>查看拼接的 %n 张截图</numerusform>
        </translation>
    </message>
    <message>
        <source>Text read on page {0}</source>
        <translation>第 {0} 页上的文字</translation>
    </message>
    <message>
        <source>Corrected by you. The program read: {0}</source>
        <translation>已由您更正。程序识别为：{0}</translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message>
        <source>Reading pictures and pages is paused: {0} of {1} are read</source>
        <translation>已暂停识别图片和页面：共 {1} 个，已识别 {0} 个</translation>
    </message>
    <message>
        <source>Reading pictures and pages: {0} of {1}</source>
        <translation>正在识别图片和页面：第 {0} 个，共 {1} 个</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Progress of reading pictures and pages</source>
        <translation>图片和页面的识别进度</translation>
    </message>
</context>
<context>
    <name>Receiver</name>
    <message>
        <source>Which case should this go into?</source>
        <translation>要放进哪个证据夹？</translation>
    </message>
    <message>
        <source>The last one you used is “{0}”.</source>
        <translation>您上次使用的是“{0}”。</translation>
    </message>
    <message>
        <source>Add to the last case</source>
        <translation>放进上次的证据夹</translation>
    </message>
    <message>
        <source>Start a new case</source>
        <translation>新建证据夹</translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message>
        <source>Entries</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) could not be read</source>
        <translation>
            <numerusform>%n 条记录未能读取</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordsModel</name>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>With</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>时间不明</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>Whoever has this sheet and the file can read the case. It is valid until you change the password.</source>
        <translation>拿到恢复码和证据夹文件的人就能打开它，请不要拍照或发给别人。更改密码后，这个恢复码就失效。</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Recovery code of “{0}”</source>
        <translation>“{0}”的恢复码</translation>
    </message>
    <message>
        <source>This code opens the case file without its password. In the program, choose the case and type the code where the password is asked for. Keep this sheet apart from the computer, as you would keep a key.</source>
        <translation>这个代码不用密码就能打开证据夹文件。在程序中选择证据夹，在要求输入密码处输入此代码。请像保管钥匙一样，把这张纸与电脑分开保管。</translation>
    </message>
    <message>
        <source>Made on {0}</source>
        <translation>制作于 {0}</translation>
    </message>
</context>
<context>
    <name>RequestBox</name>
    <message>
        <source>What you ask for (on the cover)</source>
        <translation>您的请求（印在封面上）</translation>
    </message>
</context>
<context>
    <name>RulebooksDialog</name>
    <message>
        <source>Which rules apply</source>
        <translation>适用哪些规则</translation>
    </message>
    <message>
        <source>The program compares what happened with the rules that are ticked. Several can apply at once, as those of a country and of a state. If you are not sure, leave it as it is.</source>
        <translation>程序会把发生的事与勾选的规则对照。可以同时适用多套规则，例如国家的和地方的。拿不准就保持原样。</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>%n 条规则</numerusform>
        </translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>由您选择</translation>
    </message>
    <message>
        <source>follows from where you live</source>
        <translation>依您的居住地</translation>
    </message>
    <message>
        <source>The file {0} cannot be used (line {1}): {2}</source>
        <translation>文件 {0} 无法使用（第 {1} 行）：{2}</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Search messages, files, notes and people</source>
        <translation>搜索消息、文件、备注和人员</translation>
    </message>
    <message>
        <source>&quot;Quotes&quot; find words beside each other; -word leaves out what has that word.</source>
        <translation>加&quot;引号&quot;查找连在一起的词；-词 排除含有该词的内容。</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Best match first</source>
        <translation>最相符的在前</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>保存的搜索</translation>
    </message>
    <message>
        <source>Search the whole case</source>
        <translation>搜索整个证据夹</translation>
    </message>
    <message>
        <source>Type a word that was written or said, a name, or the end of a number. Messages, texts in files, notes and people are searched at once.</source>
        <translation>输入写过或说过的词、姓名或号码尾数。消息、文件中的文字、备注和人员会一起搜索。</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try a shorter word, or another way to write it. Pictures and recordings are found by their words only after they were read.</source>
        <translation>请换一个更短的词或其他写法。图片和录音要在读取文字之后才能按内容找到。</translation>
    </message>
    <message>
        <source>Remove “{0}” from the saved searches</source>
        <translation>从保存的搜索中删除“{0}”</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>保存此搜索</translation>
    </message>
</context>
<context>
    <name>SignatureBox</name>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>不签名</translation>
    </message>
    <message>
        <source>Signed with my certificate</source>
        <translation>用我的证书签名</translation>
    </message>
    <message>
        <source>Signed with this computer’s key</source>
        <translation>用这台电脑的密钥签名</translation>
    </message>
    <message>
        <source>Choose the certificate file…</source>
        <translation>选择证书文件…</translation>
    </message>
    <message>
        <source>Password of the certificate file</source>
        <translation>证书文件的密码</translation>
    </message>
    <message>
        <source>It shows that nothing was changed since. It does not prove who you are: nobody else vouches for this key.</source>
        <translation>它能说明签名之后没有改动，但不能证明您是谁：没有别人为这个密钥作保。</translation>
    </message>
    <message>
        <source>With a trusted timestamp</source>
        <translation>附上第三方时间戳</translation>
    </message>
    <message>
        <source>This needs the internet. Only one SHA-256 value of the signature is sent to the timestamp service, which also learns your internet address.</source>
        <translation>这需要联网。只会把签名的一个 SHA-256 值发给时间戳机构，对方也会知道您的网络地址。</translation>
    </message>
    <message>
        <source>Timestamp service</source>
        <translation>时间戳机构</translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>Certificate with its key (*.p12 *.pfx)</source>
        <translation>带私钥的证书 (*.p12 *.pfx)</translation>
    </message>
</context>
<context>
    <name>SoundPlayer</name>
    <message>
        <source>5 seconds back</source>
        <translation>后退 5 秒</translation>
    </message>
    <message>
        <source>5 seconds on</source>
        <translation>前进 5 秒</translation>
    </message>
    <message>
        <source>Place in the recording</source>
        <translation>录音中的位置</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放（空格）</translation>
    </message>
    <message>
        <source>There is no sound in this file that the program can play.</source>
        <translation>这个文件里没有程序能播放的声音。</translation>
    </message>
    <message>
        <source>This computer has no loudspeaker or headphones to play it on.</source>
        <translation>这台电脑没有可用的扬声器或耳机。</translation>
    </message>
</context>
<context>
    <name>SpanButton</name>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Only without a date</source>
        <translation>只看时间不明</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>第一天</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>时间不明</translation>
    </message>
</context>
<context>
    <name>SpeechDialog</name>
    <message>
        <source>Recognise speech</source>
        <translation>识别语音</translation>
    </message>
    <message>
        <source>Choose the folder of a model…</source>
        <translation>选择模型文件夹…</translation>
    </message>
    <message>
        <source>Recognise this recording</source>
        <translation>识别这段录音</translation>
    </message>
    <message>
        <source>The recording is being heard</source>
        <translation>正在识别录音</translation>
    </message>
    <message>
        <source>A speech model writes down what is said in a recording, on this computer: nothing is sent anywhere, and the program downloads nothing.</source>
        <translation>语音模型会在这台电脑上把录音里的话写成文字：不会把任何内容发到别处，程序也不会下载任何东西。</translation>
    </message>
    <message>
        <source>You need a Whisper model for faster-whisper (CTranslate2). People share them for free on huggingface.co under the name faster-whisper. “base” has about 150 MB and is enough to find words; “small” (about 500 MB) or larger reads Chinese better. Put all its files into one folder and choose it here.</source>
        <translation>需要一个适用于 faster-whisper（CTranslate2）的 Whisper 模型，可以在 huggingface.co 上搜索 faster-whisper 免费获得。“base”约 150 MB，够用来查找词语；“small”（约 500 MB）或更大的模型识别中文更好。请把模型的全部文件放进一个文件夹，再在这里选择它。</translation>
    </message>
    <message>
        <source>It makes mistakes. Please listen to what matters and correct the words.</source>
        <translation>识别会有错误。重要的地方请听一遍，并更正文字。</translation>
    </message>
    <message>
        <source>Folder of a speech model</source>
        <translation>语音模型文件夹</translation>
    </message>
    <message>
        <source>Not among the models known here</source>
        <translation>不在本程序认识的模型之列</translation>
    </message>
    <message>
        <source>Several languages</source>
        <translation>多种语言</translation>
    </message>
    <message>
        <source>English only</source>
        <translation>仅英语</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} MB</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) are in the transcript now.</source>
        <translation>
            <numerusform>文字稿中现有 %n 段。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is heard in this recording.</source>
        <translation>这段录音里没有听到人说话。</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Split: {0}</source>
        <translation>拆分：{0}</translation>
    </message>
    <message>
        <source>Tick the numbers that belong to somebody else.</source>
        <translation>请勾选属于别人的号码。</translation>
    </message>
    <message>
        <source>Please tick at least one number.</source>
        <translation>请至少勾选一个号码。</translation>
    </message>
    <message>
        <source>At least one number has to stay with this person.</source>
        <translation>至少要给这个人留下一个号码。</translation>
    </message>
</context>
<context>
    <name>SuggestionsView</name>
    <message>
        <source>What this rests on</source>
        <translation>依据的记录</translation>
    </message>
    <message>
        <source>Why, in your own words (optional)</source>
        <translation>理由，用您自己的话写（可不填）</translation>
    </message>
    <message>
        <source>Mark as violation</source>
        <translation>标记为涉嫌违规</translation>
    </message>
    <message>
        <source>Does not apply</source>
        <translation>不符合</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Key: {0}</source>
        <translation>按键：{0}</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一条</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一条</translation>
    </message>
    <message>
        <source>Take a break</source>
        <translation>休息一下</translation>
    </message>
    <message>
        <source>Hides everything at once. Key: Esc</source>
        <translation>立即隐藏全部内容。按键：Esc</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 条，共 {1} 条</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark all %n of this kind</source>
        <translation>
            <numerusform>标记这一类的全部 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>The rules are being asked…</source>
        <translation>正在对照规则…</translation>
    </message>
    <message>
        <source>Nothing to decide now</source>
        <translation>目前没有需要您决定的</translation>
    </message>
    <message>
        <source>When new evidence comes in, the program looks for what may break a rule, and shows it here with what it counted. It helps to say in People who collects.</source>
        <translation>有新证据时，程序会对照规则，把可能违规的情况和统计结果列在这里。在“人员”页填写是谁在催收，结果会更准确。</translation>
    </message>
    <message>
        <source>Take your time</source>
        <translation>不着急</translation>
    </message>
    <message>
        <source>Everything is saved. You can go on whenever you like.</source>
        <translation>内容都已保存，您随时可以继续。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>TagChips</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Mark a violation or put a tag on</source>
        <translation>标记违规或加标签</translation>
    </message>
    <message>
        <source>On {0} of {1} selected</source>
        <translation>已选 {1} 件中的 {0} 件</translation>
    </message>
</context>
<context>
    <name>TagPicker</name>
    <message>
        <source>Search, or name a new tag</source>
        <translation>搜索，或输入新标签的名称</translation>
    </message>
    <message>
        <source>Violations and tags</source>
        <translation>违规与标签</translation>
    </message>
    <message>
        <source>Enter puts a label on or takes it off. Esc closes.</source>
        <translation>回车加上或去掉标签，Esc 关闭。</translation>
    </message>
    <message>
        <source>New tag “{0}”</source>
        <translation>新标签“{0}”</translation>
    </message>
    <message>
        <source>New tag…</source>
        <translation>新标签…</translation>
    </message>
    <message>
        <source>Type its name above.</source>
        <translation>在上面输入名称。</translation>
    </message>
    <message numerus="yes">
        <source>Create the tag “{0}” and put it on %n item(s)?</source>
        <translation>
            <numerusform>要新建标签“{0}”，并加到 %n 条上吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Create tag</source>
        <translation>新建标签</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>Call</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>语音留言</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>信函</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>上门</translation>
    </message>
    <message>
        <source>Public post</source>
        <translation>公开发布</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>From them</source>
        <translation>对方联系我</translation>
    </message>
    <message>
        <source>From me</source>
        <translation>我联系对方</translation>
    </message>
    <message>
        <source>Direction not known</source>
        <translation>方向未知</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已接</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒接</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>已拦截</translation>
    </message>
    <message>
        <source>Left a voicemail</source>
        <translation>转到语音信箱</translation>
    </message>
    <message>
        <source>Draft, never sent</source>
        <translation>草稿，未发送</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>发送失败</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Stated by you</source>
        <translation>由您说明</translation>
    </message>
    <message>
        <source>Stated in the call log</source>
        <translation>记录文件中写明</translation>
    </message>
    <message>
        <source>Public authority</source>
        <translation>政府或监管部门</translation>
    </message>
    <message>
        <source>Address book</source>
        <translation>通讯录</translation>
    </message>
    <message>
        <source>Calls and other records</source>
        <translation>通话和其他记录</translation>
    </message>
    <message>
        <source>Words in pictures</source>
        <translation>图片里的文字</translation>
    </message>
    <message>
        <source>Said in recordings</source>
        <translation>录音里的话</translation>
    </message>
    <message>
        <source>Pages of documents</source>
        <translation>文档页面</translation>
    </message>
    <message>
        <source>Your notes</source>
        <translation>您的备注</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>涉嫌违规</translation>
    </message>
    <message>
        <source>continue on another computer</source>
        <translation>在另一台电脑上继续</translation>
    </message>
    <message>
        <source>edit an entry</source>
        <translation>编辑记录</translation>
    </message>
    <message>
        <source>merge people</source>
        <translation>合并人员</translation>
    </message>
    <message>
        <source>split a person</source>
        <translation>拆分人员</translation>
    </message>
    <message>
        <source>mark a violation</source>
        <translation>标记违规</translation>
    </message>
    <message>
        <source>unmark a violation</source>
        <translation>取消违规</translation>
    </message>
    <message>
        <source>delete evidence permanently</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>restore an automatic backup</source>
        <translation>恢复自动备份</translation>
    </message>
    <message>
        <source>recover a damaged case</source>
        <translation>找回损坏的证据夹</translation>
    </message>
    <message>
        <source>save a copy of an original file</source>
        <translation>另存原始文件</translation>
    </message>
    <message>
        <source>Something went wrong in the program. You did nothing wrong. What was saved before is safe; the details are in the error log.</source>
        <translation>程序出了问题，不是您的操作造成的。已保存的内容都还在，详情见程序日志。</translation>
    </message>
    <message>
        <source>In the file this is a number that counts time: {0}</source>
        <translation>文件里用一个表示时间的数字记录：{0}</translation>
    </message>
    <message>
        <source>In the file: “{0}”</source>
        <translation>文件里写的是：“{0}”</translation>
    </message>
    <message>
        <source>Stored in the picture</source>
        <translation>图片中保存</translation>
    </message>
    <message>
        <source>I asked them to stop</source>
        <translation>我要求停止联系</translation>
    </message>
    <message>
        <source>I asked for a repayment plan</source>
        <translation>我请求分期还款</translation>
    </message>
    <message>
        <source>I disputed the debt</source>
        <translation>我对债务提出异议</translation>
    </message>
    <message>
        <source>Hours for contact agreed</source>
        <translation>约定了联系时段</translation>
    </message>
    <message>
        <source>Refused for somebody else</source>
        <translation>替他人表示拒绝</translation>
    </message>
    <message>
        <source>Lawyer or representative named</source>
        <translation>告知了律师或代理人</translation>
    </message>
    <message>
        <source>Stored in the recording</source>
        <translation>录音中保存</translation>
    </message>
    <message>
        <source>Read from the picture</source>
        <translation>从图片中识别</translation>
    </message>
    <message>
        <source>Stored in the document</source>
        <translation>文档中保存</translation>
    </message>
    <message>
        <source>From the file name</source>
        <translation>来自文件名</translation>
    </message>
    <message>
        <source>When the file was last saved</source>
        <translation>文件最后保存时间</translation>
    </message>
    <message>
        <source>to the millisecond</source>
        <translation>精确到毫秒</translation>
    </message>
    <message>
        <source>to the second</source>
        <translation>精确到秒</translation>
    </message>
    <message>
        <source>to the minute</source>
        <translation>精确到分</translation>
    </message>
    <message>
        <source>the day only</source>
        <translation>只到日</translation>
    </message>
    <message>
        <source>the month only</source>
        <translation>只到月</translation>
    </message>
    <message>
        <source>the year only</source>
        <translation>只到年</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Lender</source>
        <translation>贷款平台或银行</translation>
    </message>
    <message>
        <source>Collection agency</source>
        <translation>催收机构</translation>
    </message>
    <message>
        <source>Collector</source>
        <translation>催收员</translation>
    </message>
    <message>
        <source>Family, friend or colleague</source>
        <translation>亲友或同事</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Call log</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Entry of mine</source>
        <translation>文字记录</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>Other file</source>
        <translation>其他文件</translation>
    </message>
    <message>
        <source>Read completely</source>
        <translation>已完整读取</translation>
    </message>
    <message>
        <source>Read in part</source>
        <translation>已部分读取</translation>
    </message>
    <message>
        <source>Kept, not read</source>
        <translation>已保存，未读取</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Names of evidence</source>
        <translation>证据名称</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>已由您确认</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Mainland China</source>
        <translation>中国大陆</translation>
    </message>
    <message>
        <source>United States</source>
        <translation>美国</translation>
    </message>
    <message>
        <source>United Kingdom</source>
        <translation>英国</translation>
    </message>
    <message>
        <source>India</source>
        <translation>印度</translation>
    </message>
    <message>
        <source>Australia</source>
        <translation>澳大利亚</translation>
    </message>
    <message>
        <source>Philippines</source>
        <translation>菲律宾</translation>
    </message>
    <message>
        <source>Indonesia</source>
        <translation>印度尼西亚</translation>
    </message>
    <message>
        <source>Somewhere else</source>
        <translation>其他地方</translation>
    </message>
    <message>
        <source>create the case</source>
        <translation>创建证据夹</translation>
    </message>
    <message>
        <source>update the case file</source>
        <translation>更新证据夹文件</translation>
    </message>
    <message>
        <source>go on with a file that differs</source>
        <translation>确认文件与上次不同，继续使用</translation>
    </message>
    <message>
        <source>change the case details</source>
        <translation>修改证据夹信息</translation>
    </message>
    <message>
        <source>add a file</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>add an entry</source>
        <translation>添加记录</translation>
    </message>
    <message>
        <source>edit evidence</source>
        <translation>编辑证据</translation>
    </message>
    <message>
        <source>correct a time</source>
        <translation>更正时间</translation>
    </message>
    <message>
        <source>edit a person</source>
        <translation>修改人员</translation>
    </message>
    <message>
        <source>bring sources together</source>
        <translation>关联来源</translation>
    </message>
    <message>
        <source>answer a question</source>
        <translation>回答问题</translation>
    </message>
    <message>
        <source>say where files come from</source>
        <translation>说明文件来源</translation>
    </message>
    <message>
        <source>read the text of a picture</source>
        <translation>识别图片文字</translation>
    </message>
    <message>
        <source>joined screenshots</source>
        <translation>拼接截图</translation>
    </message>
    <message>
        <source>correct what was read</source>
        <translation>更正识别结果</translation>
    </message>
    <message>
        <source>change a transcript</source>
        <translation>修改文字稿</translation>
    </message>
    <message>
        <source>accept what was read</source>
        <translation>采用识别结果</translation>
    </message>
    <message>
        <source>drop what was read</source>
        <translation>忽略识别结果</translation>
    </message>
    <message>
        <source>edit a tag</source>
        <translation>编辑标签</translation>
    </message>
    <message>
        <source>add a tag</source>
        <translation>加标签</translation>
    </message>
    <message>
        <source>remove a tag</source>
        <translation>去掉标签</translation>
    </message>
    <message>
        <source>dismiss a suggestion</source>
        <translation>忽略建议</translation>
    </message>
    <message>
        <source>leave a suggestion open</source>
        <translation>建议暂不决定</translation>
    </message>
    <message>
        <source>edit a debt</source>
        <translation>修改债务</translation>
    </message>
    <message>
        <source>switch a rulebook</source>
        <translation>切换规则集</translation>
    </message>
    <message>
        <source>put a mark on evidence</source>
        <translation>添加标注</translation>
    </message>
    <message>
        <source>change a mark on evidence</source>
        <translation>修改标注</translation>
    </message>
    <message>
        <source>remove a mark from evidence</source>
        <translation>移除标注</translation>
    </message>
    <message>
        <source>save a search</source>
        <translation>保存搜索</translation>
    </message>
    <message>
        <source>move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>restore from trash</source>
        <translation>从回收站恢复</translation>
    </message>
    <message>
        <source>set a password</source>
        <translation>设置密码</translation>
    </message>
    <message>
        <source>change the password</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>remove the password</source>
        <translation>取消密码</translation>
    </message>
    <message>
        <source>a wrong password was tried</source>
        <translation>输入过错误的密码</translation>
    </message>
    <message>
        <source>something that only a newer program does</source>
        <translation>新版程序的操作</translation>
    </message>
    <message>
        <source>get a trusted timestamp</source>
        <translation>获取第三方时间戳</translation>
    </message>
    <message>
        <source>file a certificate</source>
        <translation>添加第三方证明</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>row {0}</source>
        <translation>第 {0} 条</translation>
    </message>
    <message>
        <source>line {0}</source>
        <translation>第 {0} 条</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>第 {0} 条</translation>
    </message>
    <message>
        <source>page {0}</source>
        <translation>第 {0} 页</translation>
    </message>
</context>
<context>
    <name>TileDelegate</name>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimeDialog</name>
    <message>
        <source>The time is known</source>
        <translation>时间已知</translation>
    </message>
    <message>
        <source>Correct the time</source>
        <translation>更正时间</translation>
    </message>
    <message>
        <source>This is the time of {0}</source>
        <translation>这是 {0} 的时间</translation>
    </message>
    <message>
        <source>Leave this unticked if you don’t know the time zone. (today also a straight apostrophe)</source>
        <translation>不确定是哪个时区，就不要勾选。</translation>
    </message>
    <message>
        <source>Precise to</source>
        <translation>精确到</translation>
    </message>
    <message>
        <source>Previous time: {0} (also kept).</source>
        <translation>原来的时间：{0}（也会保留）。</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>No time was known so far.</source>
        <translation>目前没有时间。</translation>
    </message>
</context>
<context>
    <name>TimeSection</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Correct the time…</source>
        <translation>更正时间…</translation>
    </message>
    <message>
        <source>No date is known</source>
        <translation>时间不明</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Other sources say</source>
        <translation>其他来源</translation>
    </message>
    <message>
        <source>The file does not state a time zone. {0} is assumed.</source>
        <translation>文件没有注明时区，暂按 {0} 显示。</translation>
    </message>
    <message>
        <source>Files are often saved later than what they show. Please check it.</source>
        <translation>这是文件的保存时间，可能比实际发生的时间晚，请核对。</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>What I did…</source>
        <translation>我做过的事…</translation>
    </message>
    <message>
        <source>Write down that you asked them to stop, paid, complained … Key: A</source>
        <translation>写下您要求停止、还款、投诉等。快捷键：A</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the timeline…</source>
        <translation>正在读取时间线…</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有符合的内容</translation>
    </message>
    <message>
        <source>Nothing matches all these filters.</source>
        <translation>没有符合全部筛选条件的内容。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Your timeline is empty</source>
        <translation>这里还没有内容</translation>
    </message>
    <message>
        <source>Drop screenshots, recordings, call logs or messages into the window. Everything with a time then stands here, day by day.</source>
        <translation>把截图、录音、通话记录或消息拖进窗口。凡是有时间的，都会按天列在这里。</translation>
    </message>
</context>
<context>
    <name>TimestampDialog</name>
    <message>
        <source>Trusted timestamps</source>
        <translation>可信时间戳</translation>
    </message>
    <message>
        <source>Get a timestamp now</source>
        <translation>现在获取时间戳</translation>
    </message>
    <message>
        <source>Save for checking elsewhere…</source>
        <translation>另存时间戳…</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Public authority</source>
        <translation>机构</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>An independent timestamp service can state that what is in the case now existed at this moment. If somebody claims later that it was made up afterwards, the timestamp helps you answer.</source>
        <translation>独立的时间戳机构可以证明：证据夹现在的内容，在此刻已经存在。日后有人质疑是事后编造的，可以用它来说明。</translation>
    </message>
    <message>
        <source>This needs the internet. Only one SHA-256 value is sent to the timestamp service below, which also learns your internet address. Nothing of the evidence leaves this computer.</source>
        <translation>这需要联网。只会向下面的机构发送一个校验值（SHA-256），对方也会知道您的网络地址。证据内容不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Entry of the history</source>
        <translation>操作记录行</translation>
    </message>
    <message>
        <source>Root</source>
        <translation>根证书</translation>
    </message>
    <message>
        <source>Timestamps of this case</source>
        <translation>这个证据夹的时间戳</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不相符</translation>
    </message>
    <message>
        <source>This timestamp does not fit: {0}</source>
        <translation>这个时间戳不相符：{0}</translation>
    </message>
    <message>
        <source>{0} states that the history up to entry {1} existed then.</source>
        <translation>{0} 证明：操作记录到第 {1} 条为止，当时已经存在。</translation>
    </message>
    <message>
        <source>This computer does not know the root certificate of this timestamp service; compare its SHA-256 value with the one that the service publishes: {0}</source>
        <translation>这台电脑本身不认识该时间戳机构的根证书；请把它的校验值与该机构公布的核对：{0}</translation>
    </message>
    <message>
        <source>It could not be found out whether these certificates were revoked by then: {0}.</source>
        <translation>以下证书当时是否已被吊销，无法确定：{0}。</translation>
    </message>
    <message>
        <source>Asking {0}…</source>
        <translation>正在询问 {0}…</translation>
    </message>
</context>
<context>
    <name>TranscriptPanel</name>
    <message>
        <source>Transcript</source>
        <translation>文字稿</translation>
    </message>
    <message>
        <source>Type what you hear, then Enter</source>
        <translation>听到什么就输入什么，然后按 Enter</translation>
    </message>
    <message>
        <source>What is said</source>
        <translation>所说的话</translation>
    </message>
    <message>
        <source>F8 plays and pauses, F7 goes back 3 seconds, F9 slows down, Shift+F9 speeds up, F4 begins a new part here.</source>
        <translation>F8 播放或暂停，F7 后退 3 秒，F9 放慢，Shift+F9 加快，F4 从这里开始新的一段。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Split in two</source>
        <translation>拆成两段</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add a transcript file…</source>
        <translation>添加文字稿文件…</translation>
    </message>
    <message>
        <source>Recognise speech…</source>
        <translation>识别语音…</translation>
    </message>
    <message>
        <source>A transcript of another program (.srt or .vtt)</source>
        <translation>其他程序制作的文字稿（.srt 或 .vtt）</translation>
    </message>
    <message>
        <source>The new part begins at {0}</source>
        <translation>新的一段从 {0} 开始</translation>
    </message>
    <message>
        <source>Transcripts (*.srt *.vtt)</source>
        <translation>文字稿 (*.srt *.vtt)</translation>
    </message>
    <message>
        <source>Add a transcript file</source>
        <translation>添加文字稿文件</translation>
    </message>
</context>
<context>
    <name>TranscriptTable</name>
    <message>
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>To</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>文字稿</translation>
    </message>
    <message>
        <source>Click to hear it from there; double-click to change it.</source>
        <translation>单击从这里播放，双击修改。</translation>
    </message>
    <message>
        <source>Left channel</source>
        <translation>左声道</translation>
    </message>
    <message>
        <source>Right channel</source>
        <translation>右声道</translation>
    </message>
    <message>
        <source>Corrected by you. The program read: {0}</source>
        <translation>您已更正。程序识别的是：{0}</translation>
    </message>
    <message>
        <source>The program is unsure of these words. Please listen.</source>
        <translation>程序对这些文字没有把握，请听一遍。</translation>
    </message>
</context>
<context>
    <name>TrashBanner</name>
    <message numerus="yes">
        <source>Trash: %n item(s). They are neither counted nor exported.</source>
        <translation>
            <numerusform>回收站：%n 件。这里的内容不计数，也不导出。</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to the evidence</source>
        <translation>返回证据</translation>
    </message>
</context>
<context>
    <name>UnitField</name>
    <message>
        <source>Seconds: {0}</source>
        <translation>秒：{0}</translation>
    </message>
    <message>
        <source>Minutes: {0}</source>
        <translation>分钟：{0}</translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>Locked case</source>
        <translation>已锁定的证据夹</translation>
    </message>
    <message>
        <source>“{0}” is locked. Please enter its password.</source>
        <translation>“{0}”已锁定。请输入密码。</translation>
    </message>
    <message>
        <source>This password does not open the case. Please try again.</source>
        <translation>这个密码打不开证据夹。请再试一次。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password or recovery code</source>
        <translation>密码或恢复码</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>显示输入内容</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Progress of the check</source>
        <translation>检查进度</translation>
    </message>
</context>
<context>
    <name>VerifyDialog</name>
    <message>
        <source>Every original file is read again…</source>
        <translation>正在重新读取每个原始文件…</translation>
    </message>
    <message>
        <source>Current check code</source>
        <translation>当前核对码</translation>
    </message>
    <message>
        <source>Check the case</source>
        <translation>检查证据夹</translation>
    </message>
    <message>
        <source>What this proves, and what it doesn’t</source>
        <translation>这能说明什么，不能说明什么</translation>
    </message>
    <message numerus="yes">
        <source>%n original file(s) are unchanged since they came in.</source>
        <translation>
            <numerusform>%n 个原始文件自导入以来没有改变。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other item(s) agree with the history.</source>
        <translation>
            <numerusform>其他 %n 项内容与操作记录一致。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the history follow each other.</source>
        <translation>
            <numerusform>操作记录共 %n 条，前后连续。</numerusform>
        </translation>
    </message>
    <message>
        <source>Entries {0} to {1} are signed with the key of this computer: {2}</source>
        <translation>第 {0} 至 {1} 条由这台电脑的签名密钥签名：{2}</translation>
    </message>
    <message>
        <source>Entries {0} to {1} are signed with the key of another computer, seen here before: {2}</source>
        <translation>第 {0} 至 {1} 条由另一台电脑的密钥签名，这台电脑以前见过：{2}</translation>
    </message>
    <message>
        <source>Entries {0} to {1} are signed with the key of a computer that this one does not know: {2}</source>
        <translation>第 {0} 至 {1} 条由这台电脑不认识的电脑的密钥签名：{2}</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) are not as they were.</source>
        <translation>
            <numerusform>有 %n 处与原来不同。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerifyWords</name>
    <message>
        <source>The case file is damaged</source>
        <translation>证据夹文件已损坏</translation>
    </message>
    <message>
        <source>The case file has another structure</source>
        <translation>证据夹文件的结构不同</translation>
    </message>
    <message>
        <source>The file gives a wrong version</source>
        <translation>文件自称的版本不对</translation>
    </message>
    <message>
        <source>Made by a newer version: not checked</source>
        <translation>由新版程序生成：未检查</translation>
    </message>
    <message>
        <source>Signed on a computer that this one does not know</source>
        <translation>由这台电脑不认识的电脑签名</translation>
    </message>
    <message>
        <source>Signed with a key that is not trusted</source>
        <translation>签名所用的密钥不受信任</translation>
    </message>
    <message>
        <source>Something was changed outside the program</source>
        <translation>有内容在程序之外被修改</translation>
    </message>
    <message>
        <source>Something was added outside the program</source>
        <translation>有内容在程序之外被添加</translation>
    </message>
    <message>
        <source>Something was removed outside the program</source>
        <translation>有内容在程序之外被删除</translation>
    </message>
    <message>
        <source>The search finds other words than stand there</source>
        <translation>搜索用的文字与实际内容不一致</translation>
    </message>
    <message>
        <source>This is another case</source>
        <translation>这是另一个证据夹</translation>
    </message>
    <message>
        <source>A file was changed</source>
        <translation>有文件被改动</translation>
    </message>
    <message>
        <source>A file is missing</source>
        <translation>缺少文件</translation>
    </message>
    <message>
        <source>A file was added that is not listed</source>
        <translation>有清单之外的文件</translation>
    </message>
    <message>
        <source>The package is not built as it should be</source>
        <translation>证据包的结构不对</translation>
    </message>
    <message>
        <source>A trusted timestamp does not fit</source>
        <translation>有可信时间戳不相符</translation>
    </message>
    <message>
        <source>That code is of another case.</source>
        <translation>该核对码属于另一个证据夹。</translation>
    </message>
    <message>
        <source>case details</source>
        <translation>证据夹信息</translation>
    </message>
    <message>
        <source>evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>number of a person</source>
        <translation>人员的号码</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>通讯录中的联系人</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>tag on something</source>
        <translation>所加的标签</translation>
    </message>
    <message>
        <source>mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>第三方证明</translation>
    </message>
    <message>
        <source>trusted timestamp</source>
        <translation>可信时间戳</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>a signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>its words</source>
        <translation>实际内容</translation>
    </message>
    <message>
        <source>other words</source>
        <translation>别的文字</translation>
    </message>
    <message>
        <source>a trusted key</source>
        <translation>受信任的密钥</translation>
    </message>
    <message>
        <source>a known key</source>
        <translation>认识的密钥</translation>
    </message>
    <message>
        <source>pages of its own</source>
        <translation>自己的数据页</translation>
    </message>
    <message>
        <source>readable</source>
        <translation>可读取</translation>
    </message>
    <message>
        <source>an entry</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>no ordinary file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>not in any list</source>
        <translation>不在任何清单中</translation>
    </message>
    <message>
        <source>not in every list</source>
        <translation>不在所有清单中</translation>
    </message>
    <message>
        <source>An original file was changed</source>
        <translation>原始文件被改动</translation>
    </message>
    <message>
        <source>An original file has another length</source>
        <translation>原始文件的长度不同</translation>
    </message>
    <message>
        <source>Evidence has another original file</source>
        <translation>证据对应了另一个原始文件</translation>
    </message>
    <message>
        <source>An entry of the history was changed</source>
        <translation>操作记录中有一行被改动</translation>
    </message>
    <message>
        <source>An entry of the history does not follow the one before</source>
        <translation>操作记录中有一行与前一行不衔接</translation>
    </message>
    <message>
        <source>Entries of the history are missing</source>
        <translation>操作记录缺行</translation>
    </message>
    <message>
        <source>An entry of the history is not signed</source>
        <translation>操作记录中有一条没有有效签名（English lacks “有效”）</translation>
    </message>
    <message>
        <source>An entry of the history has a SHA-256 value that does not match</source>
        <translation>操作记录中有一条的校验值不符</translation>
    </message>
    <message>
        <source>The end of the history is missing</source>
        <translation>操作记录缺少结尾</translation>
    </message>
    <message>
        <source>The history was rewritten</source>
        <translation>操作记录被重新写过</translation>
    </message>
    <message>
        <source>The history does not know this original file</source>
        <translation>操作记录里没有这个原始文件</translation>
    </message>
    <message>
        <source>A table says something else than the history</source>
        <translation>表格内容与操作记录不一致</translation>
    </message>
    <message>
        <source>The package’s signature is not valid</source>
        <translation>证据包的签名不对</translation>
    </message>
    <message>
        <source>That code is of a later state: {expected} entries, and this history has {found}. Its end may be missing.</source>
        <translation>这个核对码的操作记录有 {expected} 条，而现在只有 {found} 条，后面的部分可能缺失。</translation>
    </message>
    <message>
        <source>Entry {where} of this history differs from the code. It may have been rewritten.</source>
        <translation>这份操作记录的第 {where} 条与核对码不符。可能被重新写过。</translation>
    </message>
    <message>
        <source>original file</source>
        <translation>原始文件</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>marked violation</source>
        <translation>违规标记</translation>
    </message>
    <message>
        <source>what a marked violation rests on</source>
        <translation>违规标记的依据</translation>
    </message>
    <message>
        <source>debt</source>
        <translation>债务</translation>
    </message>
    <message>
        <source>choice of rules</source>
        <translation>规则选择</translation>
    </message>
    <message>
        <source>message read from a picture</source>
        <translation>从图片读出的消息</translation>
    </message>
    <message>
        <source>complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>an entry of the history</source>
        <translation>操作记录中的记录</translation>
    </message>
    <message>
        <source>the history</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>a row that the history covers</source>
        <translation>操作记录所担保的内容</translation>
    </message>
    <message>
        <source>a signed history</source>
        <translation>经过签名的操作记录</translation>
    </message>
    <message>
        <source>a comment</source>
        <translation>一段注释</translation>
    </message>
    <message>
        <source>bytes after its end</source>
        <translation>结尾之后还有数据</translation>
    </message>
    <message>
        <source>bytes that belong to no listed file</source>
        <translation>不属于任何已列文件的数据</translation>
    </message>
    <message>
        <source>no end of a ZIP file</source>
        <translation>ZIP 文件没有结尾</translation>
    </message>
    <message>
        <source>an end of another form</source>
        <translation>结尾的写法不同</translation>
    </message>
    <message>
        <source>several volumes</source>
        <translation>分卷压缩</translation>
    </message>
    <message>
        <source>more files than can be checked</source>
        <translation>文件太多，无法检查</translation>
    </message>
    <message>
        <source>folders that lie too deep</source>
        <translation>文件夹嵌套太深</translation>
    </message>
    <message>
        <source>more bytes than can be checked</source>
        <translation>数据太大，无法检查</translation>
    </message>
    <message>
        <source>a list of contents of another form</source>
        <translation>目录的写法不同</translation>
    </message>
    <message>
        <source>an encrypted file</source>
        <translation>加密的文件</translation>
    </message>
    <message>
        <source>sizes that stand behind the file</source>
        <translation>大小写在文件后面</translation>
    </message>
    <message>
        <source>a packed file</source>
        <translation>压缩过的文件</translation>
    </message>
    <message>
        <source>an additional field</source>
        <translation>多出的附加字段</translation>
    </message>
    <message>
        <source>flags of another form</source>
        <translation>标志位不同</translation>
    </message>
    <message>
        <source>sizes that differ</source>
        <translation>大小不一致</translation>
    </message>
    <message>
        <source>a file that says of itself something else than the list of contents</source>
        <translation>文件自身的记录与目录不一致</translation>
    </message>
    <message>
        <source>a file that was added in another way</source>
        <translation>文件是用别的方式加进来的</translation>
    </message>
    <message>
        <source>a link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>a file that has a second name</source>
        <translation>文件另有一个名称（硬链接）</translation>
    </message>
    <message>
        <source>a folder as a file</source>
        <translation>以文件形式出现的文件夹</translation>
    </message>
    <message>
        <source>an empty folder</source>
        <translation>空文件夹</translation>
    </message>
    <message>
        <source>other rights</source>
        <translation>权限不同</translation>
    </message>
    <message>
        <source>a name that not every system can have</source>
        <translation>并非所有系统都能使用的名称</translation>
    </message>
    <message>
        <source>a name that leads out of the package</source>
        <translation>指向证据包之外的名称</translation>
    </message>
    <message>
        <source>a name that differs only by case or form from another</source>
        <translation>与另一个名称只差大小写或字形</translation>
    </message>
    <message>
        <source>the same name twice</source>
        <translation>同一名称出现两次</translation>
    </message>
    <message>
        <source>a file outside the folder of the package</source>
        <translation>文件在证据包文件夹之外</translation>
    </message>
    <message>
        <source>no file of a package</source>
        <translation>不是证据包应有的文件</translation>
    </message>
    <message>
        <source>as this program writes packages</source>
        <translation>本程序制作证据包的写法</translation>
    </message>
    <message>
        <source>a list of another form</source>
        <translation>清单的写法不同</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>返回列表（Esc）</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小（−）</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Fit into the window (F)</source>
        <translation>适合窗口（F）</translation>
    </message>
    <message>
        <source>Full size, 100 % (Z)</source>
        <translation>实际大小（Z）</translation>
    </message>
    <message>
        <source>Save a copy of the original file…</source>
        <translation>另存原始文件…</translation>
    </message>
    <message>
        <source>Previous item (←)</source>
        <translation>上一件（←）</translation>
    </message>
    <message>
        <source>Next item (→)</source>
        <translation>下一件（→）</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 项，共 {1} 项</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Evidence App</source>
        <translation>证据助手</translation>
    </message>
    <message>
        <source>If debt collectors harass you, keep the evidence: put screenshots, call logs, recordings and messages in one place. The program puts them in order and makes a report that you can hand in with a complaint or a suit.</source>
        <translation>被催收骚扰，可以把证据留下来。截图、通话记录、录音、消息都放到这里，程序会按时间排好，帮您做成投诉或起诉时可以提交的证据册。</translation>
    </message>
    <message>
        <source>Start a new case</source>
        <translation>新建证据夹</translation>
    </message>
    <message>
        <source>Open a case…</source>
        <translation>打开证据夹…</translation>
    </message>
    <message>
        <source>Look at the sample case</source>
        <translation>看一个示例</translation>
    </message>
    <message>
        <source>You can also drop your files right here.</source>
        <translation>也可以把文件直接拖到这里。</translation>
    </message>
    <message>
        <source>Recent cases</source>
        <translation>最近的证据夹</translation>
    </message>
    <message>
        <source>Everything stays on this computer. The program never uses the internet by itself.</source>
        <translation>一切都保存在这台电脑上。程序不会自行联网。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>See also: {0}</source>
        <translation>另见：{0}</translation>
    </message>
    <message>
        <source>Not known: {0} {1}</source>
        <translation>尚不清楚：{0}{1}</translation>
    </message>
    <message>
        <source>What would speak against it: {0}</source>
        <translation>可能的反证：{0}</translation>
    </message>
    <message>
        <source>You decided on this before; what it rests on has changed since.</source>
        <translation>您以前对此作过决定；此后依据的记录有变化。</translation>
    </message>
    <message>
        <source>Nobody has the right to write this to you. If it weighs on you, call {0} ({1}). Somebody listens there.</source>
        <translation>谁都无权对您说这样的话。如果心里难受，请拨打 {0}（{1}），那里有人倾听。</translation>
    </message>
</context>
<context>
    <name>WordsField</name>
    <message>
        <source>“{0}”</source>
        <translation>“{0}”</translation>
    </message>
    <message>
        <source>Rows without such a word</source>
        <translation>没有写明的行</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s), for example:</source>
        <translation>
            <numerusform>%n 行，例如：</numerusform>
        </translation>
    </message>
    <message>
        <source>What this means: {0}</source>
        <translation>这是什么意思：{0}</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>They called me</source>
        <translation>对方打给我</translation>
    </message>
    <message>
        <source>I called them</source>
        <translation>我打给对方</translation>
    </message>
    <message>
        <source>They called, I did not answer</source>
        <translation>对方打来，我没有接</translation>
    </message>
    <message>
        <source>They called, I declined</source>
        <translation>对方打来，我拒接了</translation>
    </message>
    <message>
        <source>They called, my phone blocked it</source>
        <translation>对方打来，被手机拦截</translation>
    </message>
    <message>
        <source>They left a voice message</source>
        <translation>对方留了语音留言</translation>
    </message>
    <message>
        <source>The call was answered</source>
        <translation>电话接通了</translation>
    </message>
    <message>
        <source>The call was not answered</source>
        <translation>电话没有接通</translation>
    </message>
    <message>
        <source>It does not say who called</source>
        <translation>看不出是谁打给谁</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>涉嫌违规</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Parts of the case</source>
        <translation>证据夹的各部分</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Some lines could not be read. {0}</source>
        <translation>有些内容没能读出来。{0}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>YearField</name>
    <message>
        <source>“{0}” is in {1}</source>
        <translation>“{0}”在 {1} 年</translation>
    </message>
</context>
<context>
    <name>ZoneNames</name>
    <message>
        <source>World time (UTC)</source>
        <translation>世界标准时间 (UTC)</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
</TS>
