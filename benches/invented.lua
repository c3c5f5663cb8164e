-- The form page under an address that nobody has asked for before.
local counter = 0
function request()
  counter = counter + 1
  return wrk.format("GET", "/gui-phan-anh?loai=hanh_vi&x=" .. counter .. math.random(0, 0x7fffffff))
end
