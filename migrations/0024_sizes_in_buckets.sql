-- A thief of the database who has a document at hand could find it by its exact length. The row says only what the sealed
-- file shows anyway, its number of chunks; the exact length is sealed inside the file (src/platform/files/chunks.rs).
-- Changing the type writes the table anew, so that no earlier length stays in a dead row.
alter table attachment drop constraint attachment_size_bytes_check;
alter table attachment rename column size_bytes to size_bucket;
alter table attachment alter column size_bucket type integer using (size_bucket + 8 + 65535) / 65536 * 65536;
alter table attachment add constraint attachment_size_bucket_check
    check (size_bucket between 65536 and 10551296 and size_bucket % 65536 = 0);

-- The number to call while pollution is going on; '' until it is declared.
alter table agency add column pollution_hotline text not null default '';
