-- What people call a unit among themselves ("CN Ninh Kiều"), for lists whose rows are narrow. It holds as long as its
-- row of the unit does; a unit without one is called by its name. The directory's data fills it in (src/directory).
alter table unit add column short_name text check (short_name = trim(short_name) and length(short_name) between 2 and 24);
