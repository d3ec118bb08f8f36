<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Message</name>
    <message>
        <source>The file is empty (0 bytes). It was kept, but there is nothing in it to read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was no longer there when it was its turn. It was not imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be opened ({reason}). It was not imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file changed while it was read. It was not imported; please add it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a device or a connection, not a file. It was not imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder leads back to a folder that holds it. It was entered only once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program cannot read this kind of file yet. It was kept unaltered as an original.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} entries were read, {skipped} could not be read. The file was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged or cut off. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture unpacks to an unsafe size. It was kept, but is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording is damaged or of an unknown kind. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document is damaged. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document is protected by a password. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table is damaged. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is cut off or damaged after entry {entry}. What could be read is in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has definitions that could overload the computer. It was only kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call log was recognised in this table. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The characters of this file could not be made out. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading this file failed unexpectedly. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading this file took too long and was stopped. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading this file would need too much memory. It was kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file says that it holds {declared} entries, but {found} are in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} characters that the backup app had written wrongly were mended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time “{value}” cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number “{value}” cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number “{value}” was shortened by a spreadsheet program; its last digits are lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The duration “{value}” cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This entry cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This row has fewer cells than the table has columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no sound output. The recording can be seen, but not heard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full. Nothing that was saved before is lost; please make room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no case file at {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is already a file at {path}. It was left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a case file of this program, or it is locked with a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This case was written by a newer version of the program. It can be read here, but not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This case is open in another window or program. Please close it there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This case is open for reading only. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The case file is damaged ({reason}). It was not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}). Nothing else was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The original of {item} is no longer what was imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no “{value}” in this case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{value}” is not the name of a time zone, as Asia/Shanghai is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{value}” is not a place whose rules the program knows. It knows: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{value}” is not a role. The roles are: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{value}” is not a violation type. The types are: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table can be written as .csv or .xlsx, not as “{value}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please fill in: {field}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{value}” is not a date and time, as 2026-03-01 21:30 is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dossier did not pass its own check and was not saved ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You stopped the import before this file. It was not imported.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
