<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>CaseSafety</name>
    <message numerus="yes">
        <source>%n original file(s) were recovered completely.</source>
        <translation>
            <numerusform>%n original file was recovered completely.</numerusform>
            <numerusform>%n original files were recovered completely.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them had lost their names and are called “recovered-…”.</source>
        <translation>
            <numerusform>%n of them had lost its name and is called “recovered-…”.</numerusform>
            <numerusform>%n of them had lost their names and are called “recovered-…”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of descriptions, entries or tags are lost.</source>
        <translation>
            <numerusform>%n row of descriptions, entries or tags is lost.</numerusform>
            <numerusform>%n rows of descriptions, entries or tags are lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For %n row(s) nothing shows any more whether they were altered, for the history was damaged too. The items concerned say so.</source>
        <translation>
            <numerusform>For %n row nothing shows any more whether it was altered, for the history was damaged too. The items concerned say so.</numerusform>
            <numerusform>For %n rows nothing shows any more whether they were altered, for the history was damaged too. The items concerned say so.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustodyWords</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merged %n more person(s)</source>
        <translation>
            <numerusform>Merged %n more person</numerusform>
            <numerusform>Merged %n more people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Linked %n new item(s) with what belongs to them.</source>
        <translation>
            <numerusform>Linked %n new item with what belongs to it.</numerusform>
            <numerusform>Linked %n new items with what belongs to them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A wrong password was entered %n time(s).</source>
        <translation>
            <numerusform>A wrong password was entered once.</numerusform>
            <numerusform>A wrong password was entered %n times.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n original file(s)</source>
        <translation>
            <numerusform>%n original file</numerusform>
            <numerusform>%n original files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Joined the screenshots of %n conversation(s).</source>
        <translation>
            <numerusform>Joined the screenshots of %n conversation.</numerusform>
            <numerusform>Joined the screenshots of %n conversations.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compared %n new screenshot(s) with the others.</source>
        <translation>
            <numerusform>Compared %n new screenshot with the others.</numerusform>
            <numerusform>Compared %n new screenshots with the others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accepted %n entry(ies) read from pictures.</source>
        <translation>
            <numerusform>Accepted %n entry read from pictures.</numerusform>
            <numerusform>Accepted %n entries read from pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped %n entry(ies) read from pictures.</source>
        <translation>
            <numerusform>Dropped %n entry read from pictures.</numerusform>
            <numerusform>Dropped %n entries read from pictures.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayStrip</name>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DebtsPanel</name>
    <message numerus="yes">
        <source>%n day(s) overdue</source>
        <translation>
            <numerusform>%n day overdue</numerusform>
            <numerusform>%n days overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n collect(s) for it</source>
        <translation>
            <numerusform>%n collects for it</numerusform>
            <numerusform>%n collect for it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DestroyDialog</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DroppedCasesDialog</name>
    <message numerus="yes">
        <source>%n of these files are cases of this program, not pieces of evidence. One can be open at a time.</source>
        <translation>
            <numerusform>%n of these files is a case of this program, not a piece of evidence.</numerusform>
            <numerusform>%n of these files are cases of this program, not pieces of evidence. One can be open at a time.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n other file(s) are not added if you open a case.</source>
        <translation>
            <numerusform>The %n other file is not added if you open a case.</numerusform>
            <numerusform>The %n other files are not added if you open a case.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EditWords</name>
    <message numerus="yes">
        <source>%n time(s) corrected</source>
        <translation>
            <numerusform>%n time corrected</numerusform>
            <numerusform>%n times corrected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people merged</source>
        <translation>
            <numerusform>%n person merged</numerusform>
            <numerusform>%n people merged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Device noted for %n item(s)</source>
        <translation>
            <numerusform>Device noted for %n item</numerusform>
            <numerusform>Device noted for %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) tagged “{0}”</source>
        <translation>
            <numerusform>%n item tagged “{0}”</numerusform>
            <numerusform>%n items tagged “{0}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag “{0}” removed from %n item(s)</source>
        <translation>
            <numerusform>Tag “{0}” removed from %n item</numerusform>
            <numerusform>Tag “{0}” removed from %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) confirmed</source>
        <translation>
            <numerusform>%n suggestion confirmed</numerusform>
            <numerusform>%n suggestions confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) marked: {0}</source>
        <translation>
            <numerusform>%n item marked: {0}</numerusform>
            <numerusform>%n items marked: {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) dismissed</source>
        <translation>
            <numerusform>%n suggestion dismissed</numerusform>
            <numerusform>%n suggestions dismissed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) left open</source>
        <translation>
            <numerusform>%n suggestion left open</numerusform>
            <numerusform>%n suggestions left open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) taken back</source>
        <translation>
            <numerusform>%n decision taken back</numerusform>
            <numerusform>%n decisions taken back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark removed from %n item(s): {0}</source>
        <translation>
            <numerusform>Mark removed from %n item: {0}</numerusform>
            <numerusform>Mark removed from %n items: {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) will be blacked out in exports</source>
        <translation>
            <numerusform>%n place will be blacked out in exports</numerusform>
            <numerusform>%n places will be blacked out in exports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) added</source>
        <translation>
            <numerusform>%n mark added</numerusform>
            <numerusform>%n marks added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) will be shown in exports again</source>
        <translation>
            <numerusform>%n place will be shown in exports again</numerusform>
            <numerusform>%n places will be shown in exports again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) removed</source>
        <translation>
            <numerusform>%n mark removed</numerusform>
            <numerusform>%n marks removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) moved to the trash</source>
        <translation>
            <numerusform>%n item moved to the trash</numerusform>
            <numerusform>%n items moved to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) put back from the trash</source>
        <translation>
            <numerusform>%n item put back from the trash</numerusform>
            <numerusform>%n items put back from the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificate(s) filed</source>
        <translation>
            <numerusform>%n certificate filed</numerusform>
            <numerusform>%n certificates filed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of a transcript added</source>
        <translation>
            <numerusform>%n part of a transcript added</numerusform>
            <numerusform>%n parts of a transcript added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) put on the timeline</source>
        <translation>
            <numerusform>%n entry put on the timeline</numerusform>
            <numerusform>%n entries put on the timeline</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested entry(ies) dropped</source>
        <translation>
            <numerusform>%n suggested entry dropped</numerusform>
            <numerusform>%n suggested entries dropped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidencePage</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) are in the trash, and nothing else is here</source>
        <translation>
            <numerusform>%n item is in the trash, and nothing else is here</numerusform>
            <numerusform>%n items are in the trash, and nothing else is here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HitsModel</name>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message numerus="yes">
        <source>(+%n waiting)</source>
        <translation>
            <numerusform>(+%n waiting)</numerusform>
            <numerusform>(+%n waiting)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportResults</name>
    <message numerus="yes">
        <source>and %n more gap(s)</source>
        <translation>
            <numerusform>and %n more gap</numerusform>
            <numerusform>and %n more gaps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are now in your case, unaltered.</source>
        <translation>
            <numerusform>%n file is now in your case, unaltered.</numerusform>
            <numerusform>%n files are now in your case, unaltered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were already there.</source>
        <translation>
            <numerusform>%n was already there.</numerusform>
            <numerusform>%n were already there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be imported.</source>
        <translation>
            <numerusform>%n could not be imported.</numerusform>
            <numerusform>%n could not be imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them known already</source>
        <translation>
            <numerusform>%n of them known already</numerusform>
            <numerusform>%n of them known already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answer %n question(s)…</source>
        <translation>
            <numerusform>Answer %n question…</numerusform>
            <numerusform>Answer %n questions…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorWords</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%n could not be read</numerusform>
            <numerusform>%n could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemDelegate</name>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemMenu</name>
    <message numerus="yes">
        <source>%n item(s) deleted permanently</source>
        <translation>
            <numerusform>%n item deleted permanently</numerusform>
            <numerusform>%n items deleted permanently</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkedByHand</name>
    <message numerus="yes">
        <source>%n of what you marked may not fit. The first:</source>
        <translation>
            <numerusform>%n of what you marked may not fit:</numerusform>
            <numerusform>%n of what you marked may not fit. The first:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixView</name>
    <message numerus="yes">
        <source>%n mark(s) or suggestion(s) depend on it.</source>
        <translation>
            <numerusform>%n mark or suggestion depends on it.</numerusform>
            <numerusform>%n marks or suggestions depend on it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MismatchQuestion</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PackageBand</name>
    <message numerus="yes">
        <source>Checked: %n problem(s) found. Do not rely on what is shown here.</source>
        <translation>
            <numerusform>Checked: %n problem found. Do not rely on what is shown here.</numerusform>
            <numerusform>Checked: %n problems found. Do not rely on what is shown here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of its list are not in it.</source>
        <translation>
            <numerusform>%n file of its list is not in it.</numerusform>
            <numerusform>%n files of its list are not in it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) cannot be shown.</source>
        <translation>
            <numerusform>%n line cannot be shown.</numerusform>
            <numerusform>%n lines cannot be shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message numerus="yes">
        <source>%n file(s) are as they were when the package was made.</source>
        <translation>
            <numerusform>%n file are as they were when the package was made.</numerusform>
            <numerusform>%n files are as they were when the package was made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the history follow each other.</source>
        <translation>
            <numerusform>%n entry of the history is as it was written.</numerusform>
            <numerusform>%n entries of the history follow each other.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The history agrees with %n entry(ies) in the tables.</source>
        <translation>
            <numerusform>The history agrees with %n entry in the tables.</numerusform>
            <numerusform>The history agrees with %n entries in the tables.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found.</source>
        <translation>
            <numerusform>%n problem found.</numerusform>
            <numerusform>%n problems found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the history are of an older version: their words cannot be shown, only their SHA-256 values.</source>
        <translation>
            <numerusform>%n entry of the history is of an older version: its words cannot be shown, only its SHA-256 values.</numerusform>
            <numerusform>%n entries of the history are of an older version: their words cannot be shown, only their SHA-256 values.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message numerus="yes">
        <source>After %n minute(s) without use</source>
        <translation>
            <numerusform>After %n minute without use</numerusform>
            <numerusform>After %n minutes without use</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProposalWords</name>
    <message numerus="yes">
        <source>%n call(s), their times are not shown</source>
        <translation>
            <numerusform>%n call, its time is not shown</numerusform>
            <numerusform>%n calls, their times are not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionBar</name>
    <message numerus="yes">
        <source>%n question(s) about your files: some things only you can know.</source>
        <translation>
            <numerusform>%n question about your files: some things only you can know.</numerusform>
            <numerusform>%n questions about your files: some things only you can know.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadPanel</name>
    <message numerus="yes">
        <source>Show %n joined screenshot(s)</source>
        <translation>
            <numerusform>Show %n joined screenshot</numerusform>
            <numerusform>Show %n joined screenshots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message numerus="yes">
        <source>%n entry(ies) could not be read</source>
        <translation>
            <numerusform>%n entry could not be read</numerusform>
            <numerusform>%n entries could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RulebooksDialog</name>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>%n rule</numerusform>
            <numerusform>%n rules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpeechDialog</name>
    <message numerus="yes">
        <source>%n part(s) are in the transcript now.</source>
        <translation>
            <numerusform>%n part is in the transcript now.</numerusform>
            <numerusform>%n parts are in the transcript now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionsView</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark all %n of this kind</source>
        <translation>
            <numerusform>Mark all %n of this kind</numerusform>
            <numerusform>Mark all %n of this kind</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagPicker</name>
    <message numerus="yes">
        <source>Create the tag “{0}” and put it on %n item(s)?</source>
        <translation>
            <numerusform>Create the tag “{0}” and put it on %n item?</numerusform>
            <numerusform>Create the tag “{0}” and put it on %n items?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TileDelegate</name>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashBanner</name>
    <message numerus="yes">
        <source>Trash: %n item(s). They are neither counted nor exported.</source>
        <translation>
            <numerusform>Trash: %n item. It is neither counted nor exported.</numerusform>
            <numerusform>Trash: %n items. They are neither counted nor exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerifyDialog</name>
    <message numerus="yes">
        <source>%n thing(s) are not as they were.</source>
        <translation>
            <numerusform>%n thing is not as it was.</numerusform>
            <numerusform>%n things are not as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n original file(s) are unchanged since they came in.</source>
        <translation>
            <numerusform>%n original file is unchanged since it came in.</numerusform>
            <numerusform>%n original files are unchanged since they came in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other item(s) agree with the history.</source>
        <translation>
            <numerusform>%n other item agrees with the history.</numerusform>
            <numerusform>%n other items agree with the history.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the history follow each other.</source>
        <translation>
            <numerusform>%n entry of the history is as it was written.</numerusform>
            <numerusform>%n entries of the history follow each other.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WordsField</name>
    <message numerus="yes">
        <source>%n row(s), for example:</source>
        <translation>
            <numerusform>%n row, for example:</numerusform>
            <numerusform>%n rows, for example:</numerusform>
        </translation>
    </message>
</context>
</TS>
